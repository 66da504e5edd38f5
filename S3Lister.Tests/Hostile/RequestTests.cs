namespace S3Lister.Tests.Hostile;

/// <summary>What goes over the wire, after the AWS SDK has had its say.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Prefix_Is_Sent_When_It_Is_Empty_And_Nothing_Else_That_Is()
    {
        await using HostileS3 s3 = new(Answer.Ok(Answer.Page([])));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        await api.GetObjectsAsync("delimiter=&start-after=&prefix=");

        Assert.Equal("/hostile-bucket/?list-type=2&encoding-type=url&max-keys=1000&prefix=", Assert.Single(s3.Requests));
    }

    [Theory]
    [InlineData("S3LISTER_EXPECTED_BUCKET_OWNER", "123456789012", "x-amz-expected-bucket-owner: 123456789012")]
    [InlineData("S3LISTER_REQUEST_PAYER", "true", "x-amz-request-payer: requester")]
    public async Task Header_Is_Sent_When_The_Setting_Says_So_And_Not_Otherwise(string setting, string value, string header)
    {
        await using HostileS3 s3 = new(Answer.Ok(Answer.Page([])));
        await using ComposedApi with = new(s3.Endpoint, Answer.Bucket, settings: (setting, value));
        await using ComposedApi without = new(s3.Endpoint, Answer.Bucket);

        await without.GetObjectsAsync();
        Assert.DoesNotContain(s3.Headers, sent => sent.StartsWith(header[..header.IndexOf(':', StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase));

        await with.GetObjectsAsync();
        await with.GetHealthAsync();
        Assert.Equal(2, s3.Headers.Count(sent => sent.Equals(header, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Lists_Are_Empty_When_The_Answer_Has_Neither()
    {
        await using HostileS3 s3 = new(Answer.Ok(Answer.Page([])));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var answer = await api.GetObjectsAsync();

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            (0, 0, 0),
            (answer.Json.GetProperty("contents").GetArrayLength(), answer.Json.GetProperty("commonPrefixes").GetArrayLength(), answer.Json.GetProperty("keyCount").GetInt32()));
    }
}
