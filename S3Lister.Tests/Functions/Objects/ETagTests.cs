namespace S3Lister.Tests.Functions.Objects;

/// <summary>The entity tag of a page is the same for the same content only.</summary>
public sealed class ETagTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task ETag_Is_The_Same_When_Only_The_Token_Differs()
    {
        _s3.Responds(["a"], "one", ["b/"]).Responds(["a"], "two", ["b/"]);

        Assert.Equal(await TagAsync(), await TagAsync());
    }

    [Fact]
    public async Task ETag_Differs_When_Objects_Common_Prefixes_Or_Truncation_Differ()
    {
        _s3.Responds(["a"], "one", ["b/"]).Responds(["aa"], "one", ["b/"]).Responds(["a"], "one", ["bb/"]).Responds(["a", "c"], null, ["b/"]);
        HashSet<string> tags = [await TagAsync(), await TagAsync(), await TagAsync(), await TagAsync("max-keys=3&delimiter=%2F")];

        Assert.Equal(4, tags.Count);
    }

    [Fact]
    public async Task ETag_Differs_By_Format_When_The_Page_Is_Empty()
    {
        _s3.Responds([]).Responds([]).Responds([]);
        HashSet<string> tags = [await TagAsync(accept: "application/json"), await TagAsync(accept: "application/x-ndjson"), await TagAsync(accept: "text/csv")];

        Assert.Equal(3, tags.Count);
    }

    private async Task<string> TagAsync(string query = "delimiter=%2F&max-keys=2", string accept = "") =>
        (await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", query, headers: ("accept", accept)))).Headers["etag"];
}
