using S3Lister.Tests.Support;

namespace S3Lister.Tests.Summary;

/// <summary>A summary lists everything, and each of its calls makes progress that its token carries, or fails.</summary>
public sealed class SummaryProgressTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Summary_Is_Whole_When_The_First_Page_Has_Only_The_Key_That_Is_The_Prefix()
    {
        string[] keys = ["a/", "a/x", "a/y"];
        _s3.AnswersEach(request => request switch
        {
            { ContinuationToken: null, StartAfter: null } => (["a/"], "one"),
            { ContinuationToken: "one" } => (["a/x", "a/y"], null),
            _ => ([.. keys.Where(key => string.CompareOrdinal(key, request.StartAfter) > 0)], null),
        });

        var response = await _s3.GetSummaryAsync("prefix=a%2F");

        Assert.Equal(3, response.Json.GetProperty("objects").GetInt32());
        Assert.True(response.Json.GetProperty("complete").GetBoolean());
    }
}
