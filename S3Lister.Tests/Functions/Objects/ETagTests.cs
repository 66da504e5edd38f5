namespace S3Lister.Tests.Functions.Objects;

/// <summary>The entity tag of a page: the same for what shows the same, another for all else.</summary>
public sealed class ETagTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Tag_Is_The_Same_When_Only_The_Token_Is_Another()
    {
        _s3.Answers(["a"], "one", ["b/"]).Answers(["a"], "two", ["b/"]);

        Assert.Equal(await TagAsync(), await TagAsync());
    }

    [Fact]
    public async Task Tag_Is_Another_When_Objects_Common_Prefixes_Or_What_Follows_Are_Others()
    {
        _s3.Answers(["a"], "one", ["b/"]).Answers(["aa"], "one", ["b/"]).Answers(["a"], "one", ["bb/"]).Answers(["a", "c"], null, ["b/"]);
        HashSet<string> tags = [await TagAsync(), await TagAsync(), await TagAsync(), await TagAsync("max-keys=3&delimiter=%2F")];

        Assert.Equal(4, tags.Count);
    }

    [Fact]
    public async Task Tag_Is_Another_In_Another_Format_Even_When_There_Is_Nothing_To_Show()
    {
        _s3.Answers([]).Answers([]).Answers([]);
        HashSet<string> tags = [await TagAsync(accept: "application/json"), await TagAsync(accept: "application/x-ndjson"), await TagAsync(accept: "text/csv")];

        Assert.Equal(3, tags.Count);
    }

    private async Task<string> TagAsync(string query = "delimiter=%2F&max-keys=2", string accept = "") =>
        (await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", query, headers: ("accept", accept)))).Headers["etag"];
}
