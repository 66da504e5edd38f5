using System.Text.Json;

namespace S3Lister.Tests.Functions.Objects;

public sealed class FormatTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Ndjson_Has_One_Line_For_Each_Entry_In_S3s_Order_And_The_Page_State_In_Headers()
    {
        _s3.Responds(["a\n1", "c"], "next", ["b/"]);

        var response = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", "delimiter=%2F&max-keys=3", headers: ("accept", "application/x-ndjson")));

        var lines = response.Body.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.Equal(["a\n1", "c"], new[] { lines[0], lines[2] }.Select(line => JsonElement.Parse(line).GetProperty("key").GetString()));
        Assert.Equal("""{"commonPrefix":"b/"}""", lines[1]);
        Assert.Equal("3", response.Headers["s3lister-key-count"]);
        Assert.Equal("true", response.Headers["s3lister-is-truncated"]);
        Assert.Equal("3", response.Headers["s3lister-scanned"]);
        Assert.Equal("1", response.Headers["s3lister-s3-requests"]);
        Assert.NotEmpty(response.Headers["s3lister-next-continuation-token"]);
    }

    [Fact]
    public async Task Csv_Is_Quoted_And_Has_No_Formulas()
    {
        _s3.Responds(["\tx", "'x", "-", "=1+1", "@x", "a\r\nb", "a\"b", "a,b"]);

        var response = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept", "text/csv")));

        const string Rest = ",3,2026-11-23T18:19:29Z,\"\"\"764efa883dda1e11db47671c4a3bbd9e\"\"\",STANDARD,CRC64NVME\r\n";
        Assert.Equal(
            "type,key,size,lastModified,eTag,storageClass,checksumAlgorithm\r\n"
            + $"object,'\tx{Rest}object,''x{Rest}object,'-{Rest}object,'=1+1{Rest}object,'@x{Rest}object,\"a\r\nb\"{Rest}object,\"a\"\"b\"{Rest}object,\"a,b\"{Rest}",
            response.Body);
        Assert.Equal("false", response.Headers["s3lister-is-truncated"]);
        Assert.False(response.Headers.ContainsKey("s3lister-next-continuation-token"));
    }

    [Theory]
    [InlineData("\0=1")]
    [InlineData("\n=1")]
    [InlineData("\r\n=1")]
    [InlineData("\u001fx")]
    [InlineData("\u007fx")]
    [InlineData("＝1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("﹦1")]
    [InlineData("﹢1")]
    [InlineData("﹣1")]
    [InlineData("﹫x")]
    [InlineData("⁼1")]
    [InlineData("₊1")]
    [InlineData("\u22121")]
    [InlineData("\u20111")]
    [InlineData(" =1")]
    [InlineData("\u00a0\u3000\u0085@x")]
    [InlineData("\ufeff\u200b=1")]
    public async Task Csv_Cell_Is_Marked_When_A_Spreadsheet_Could_Run_It(string key)
    {
        _s3.Responds([key], null, [$"{key}/"]);

        var response = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", "delimiter=%2F", headers: ("accept", "text/csv")));

        var quote = key.Contains('\n', StringComparison.Ordinal) ? "\"" : "";
        Assert.Contains($"\r\nobject,{quote}'{key}{quote},3,", response.Body, StringComparison.Ordinal);
        Assert.Contains($"\r\ncommonPrefix,{quote}'{key}/{quote},", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=1")]
    [InlineData("Ａ=1")]
    [InlineData("é@x")]
    [InlineData("1-2")]
    [InlineData("_+")]
    [InlineData("(=1)")]
    [InlineData("%=1")]
    [InlineData(" a")]
    [InlineData(" ")]
    [InlineData("😀=1")]
    public async Task Csv_Cell_Is_Unchanged_When_It_Is_Not_A_Formula(string key)
    {
        _s3.Responds([key]);

        var response = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept", "text/csv")));

        Assert.Contains($"\r\nobject,{key},3,", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_Leads_To_The_Next_Page_And_Can_Be_Signed_Unchanged()
    {
        _s3.Responds(["a b/1"], "one").Responds(["a b/2"]);

        var first = await _s3.GetObjectsAsync("start-after=a&prefix=a+b/&max-keys=1&include=*");
        var link = first.Headers["link"];
        Assert.Matches("""^<\?continuation-token=[\w-]+&include=%2A&max-keys=1&prefix=a%20b%2F>; rel="next"$""", link);

        var second = await _s3.GetObjectsAsync(link[2..link.IndexOf('>', StringComparison.Ordinal)]);
        Assert.Equal("a b/2", second.Json.GetProperty("contents")[0].GetProperty("key").GetString());
        Assert.False(second.Headers.ContainsKey("link"));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Body_Is_Compressed_When_It_Is_Long_And_The_Caller_Accepts_It(string coding)
    {
        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"logs/2026/{i:D4}")];
        _s3.Responds(keys).Responds(keys);

        var plain = await _s3.GetObjectsAsync();
        var coded = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept-encoding", coding)));

        Assert.Equal(coding, coded.Headers["content-encoding"]);
        Assert.Equal(plain.Body, coded.Body);
        Assert.True(coded.Bytes < plain.Bytes / 4, $"{coded.Bytes} of {plain.Bytes} bytes");
        Assert.Equal("accept, accept-encoding", plain.Headers["vary"]);
    }

    [Fact]
    public async Task Body_Is_Not_Compressed_When_It_Is_Short()
    {
        _s3.Responds(["a"]);

        var response = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept-encoding", "br")));

        Assert.False(response.Headers.ContainsKey("content-encoding"));
    }

    [Fact]
    public async Task Response_Is_304_When_The_Caller_Has_The_Page()
    {
        _s3.Responds(["a"], "one").Responds(["a"], "another").Responds(["b"], "one").Responds(["a"]).Responds(["a"], "one");
        var first = await _s3.GetObjectsAsync("max-keys=1");
        var tag = first.Headers["etag"];

        var same = await GetIfNoneMatchAsync($"\"x\", {tag}");
        var changed = await GetIfNoneMatchAsync(tag);
        var complete = await GetIfNoneMatchAsync(tag);
        var any = await GetIfNoneMatchAsync("*");

        Assert.StartsWith("W/\"", tag, StringComparison.Ordinal);
        Assert.Equal((304, ""), (same.Status, same.Body));
        Assert.Equal(tag, same.Headers["etag"]);
        Assert.Equal("private, no-cache", same.Headers["cache-control"]);
        Assert.False(same.Headers.ContainsKey("content-type"));
        Assert.Equal(200, changed.Status);
        Assert.Equal(200, complete.Status);
        Assert.Equal(304, any.Status);

        Task<Envelope> GetIfNoneMatchAsync(string ifNoneMatch) =>
            _s3.GetObjectsAsync(GatewayEvent.Get("/objects", "max-keys=1", headers: ("if-none-match", ifNoneMatch)));
    }

    [Fact]
    public async Task ETag_Is_Compared_With_Whole_Members_Of_The_List()
    {
        foreach (var _ in Enumerable.Range(0, 6))
        {
            _s3.Responds(["a"]);
        }

        var tag = (await _s3.GetObjectsAsync()).Headers["etag"];
        List<int> statuses = [];
        foreach (var list in (string[])[$",, {tag} ,", $"\"a,b\",{tag[2..]}", $"\"a\\\", {tag}", $"\"a,{tag[2..]},b\"", $"w/{tag[2..]}"])
        {
            statuses.Add((await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("if-none-match", list)))).Status);
        }

        Assert.Equal([304, 304, 304, 200, 200], statuses);
    }

    [Fact]
    public async Task Head_Has_The_Headers_Of_Get_And_No_Body()
    {
        _s3.Responds(["a"]).Responds(["a"]);

        var get = await _s3.GetObjectsAsync();
        var head = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", method: "HEAD"));

        Assert.Equal(200, head.Status);
        Assert.Equal("", head.Body);
        Assert.Equal(get.Headers, head.Headers);
    }
}
