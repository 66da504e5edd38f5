namespace S3Lister.Tests.Functions.Objects;

/// <summary>A page of S3 with the longest possible entries: keys of 1024 control characters, each seven bytes in the envelope.</summary>
public sealed class LongestKeysTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Page_Is_Complete_Up_To_Its_Token_When_All_Of_It_Would_Exceed_Lambdas_Limit()
    {
        var longest = Enumerable.Range(0, 1000).Select(i => $"{new string('\u0001', 1020)}{i:D4}").ToArray();
        _s3.Responds(longest, "all").Responds(longest[..500], "half").Responds(longest[500..], "rest");

        var response = await _s3.GetObjectsAsync();

        Assert.Equal([1000, 500, 500], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal([null, null, "half"], _s3.Requests.Select(request => request.ContinuationToken));
        Assert.Equal(
            longest[..500], response.Keys);
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());
        Assert.InRange(response.Bytes, 1, 6_291_556);
    }
}
