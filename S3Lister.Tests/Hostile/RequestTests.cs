namespace S3Lister.Tests.Hostile;

/// <summary>The requests as the AWS SDK sends them.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Only_Prefix_Is_Sent_When_Empty()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Page([])));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        await api.GetObjectsAsync("delimiter=&start-after=&prefix=");

        Assert.Equal("/hostile-bucket/?list-type=2&encoding-type=url&max-keys=1000&prefix=", Assert.Single(s3.Requests));
    }

    [Theory]
    [InlineData("S3LISTER_EXPECTED_BUCKET_OWNER", "123456789012", "x-amz-expected-bucket-owner: 123456789012")]
    [InlineData("S3LISTER_REQUEST_PAYER", "true", "x-amz-request-payer: requester")]
    public async Task Header_Is_Sent_Only_When_The_Setting_Is_On(string setting, string value, string header)
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Page([])));
        await using ComposedApi with = new(s3.Endpoint, HostileResponse.Bucket, settings: (setting, value));
        await using ComposedApi without = new(s3.Endpoint, HostileResponse.Bucket);

        await without.GetObjectsAsync();
        Assert.DoesNotContain(s3.Headers, sent => sent.StartsWith(header[..header.IndexOf(':', StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase));

        await with.GetObjectsAsync();
        await with.GetHealthAsync();
        Assert.Equal(2, s3.Headers.Count(sent => sent.Equals(header, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Lists_Are_Empty_When_The_Response_Has_No_Entries()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Page([])));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync();

        Assert.Equal(200, response.Status);
        Assert.Equal(
            (0, 0, 0),
            (response.Json.GetProperty("contents").GetArrayLength(), response.Json.GetProperty("commonPrefixes").GetArrayLength(), response.Json.GetProperty("keyCount").GetInt32()));
    }
}
