namespace S3Lister.Tests.Functions.Objects;

/// <summary>Keys of 1024 control characters, each six bytes in JSON and seven in the envelope: S3's largest page of them.</summary>
public sealed class LongestKeysTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Page_Is_Whole_Up_To_Its_Token_When_All_Of_It_Would_Pass_Lambdas_Limit()
    {
        var longest = Enumerable.Range(0, 1000).Select(i => $"{new string('\u0001', 1020)}{i:D4}").ToArray();
        _s3.Answers(longest, "all").Answers(longest[..500], "half").Answers(longest[500..], "rest");

        var answer = await _s3.GetObjectsAsync();

        Assert.Equal([1000, 500, 500], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal([null, null, "half"], _s3.Requests.Select(request => request.ContinuationToken));
        Assert.Equal(
            longest[..500], answer.Json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()));
        Assert.True(answer.Json.GetProperty("isTruncated").GetBoolean());
        Assert.InRange(answer.Bytes, 1, 6_291_556);
    }
}
