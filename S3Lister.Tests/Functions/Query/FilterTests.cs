using S3Lister.Functions.Objects;
using S3Lister.Functions.Query;
using S3Lister.Listing.Filters;
using S3Lister.Listing.Xml;

namespace S3Lister.Tests.Functions.Query;

public sealed class FilterTests
{
    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private static ObjectEntry Entry =>
        new("logs/a.txtGLACIER"u8, new ObjectRow(new(0, 10), 100, Noon.Ticks, default, new(10, 7), default));

    [Theory]
    [InlineData("min-size=100", true)]
    [InlineData("min-size=101", false)]
    [InlineData("max-size=100", true)]
    [InlineData("max-size=99", false)]
    [InlineData("max-size=1KiB", true)]
    [InlineData("min-size=1MiB", false)]
    [InlineData("modified-after=2026-11-23T12:00:00Z", true)]
    [InlineData("modified-after=2026-11-23T12:00:00.001Z", false)]
    [InlineData("modified-before=2026-11-23T12:00:00Z", false)]
    [InlineData("modified-before=2026-11-23T12:00:00.001Z", true)]
    [InlineData("modified-after=2026-11-23T14:00:00%2B02:00", true)]
    [InlineData("modified-before=2026-11-23T07:00:00-05:00", false)]
    [InlineData("modified-after=2026-11-23T14:00:00.001%2B02:00", false)]
    [InlineData("modified-before=2026-11-23T14:00:00.001%2B02:00", true)]
    [InlineData("modified-after=2026-11-23t12:00:00z", true)]
    [InlineData("modified-before=2026-11-23T12:00:00.000000001Z", false)]
    [InlineData("modified-after=2026-10-31T23:59:60Z", true)]
    [InlineData("modified-after=2026-11-24T08:00:00%2B20:00", true)]
    [InlineData("max-size=8388607TiB", true)]
    [InlineData("max-size=9223372036854775807", true)]
    [InlineData("storage-class=STANDARD", false)]
    [InlineData("storage-class=GLACIER,STANDARD", true)]
    [InlineData("include=*.txt", true)]
    [InlineData("include=logs%2F*.txt", false)]
    [InlineData("exclude=*.txt", false)]
    [InlineData("exclude=a.csv", true)]
    [InlineData("include=*.txt&exclude=a.*", false)]
    public void Filter_Accepts_The_Objects_That_It_Describes(string query, bool accepted)
    {
        var filter = Bind(query);

        Assert.True(filter.IsActive);
        Assert.Equal(accepted, filter.Accepts(Entry, "logs/".Length));
    }

    [Theory]
    [InlineData("min-size=", "min-size")]
    [InlineData("min-size=-1", "min-size")]
    [InlineData("min-size=1.5KiB", "min-size")]
    [InlineData("min-size=1KB", "min-size")]
    [InlineData("min-size=1kib", "min-size")]
    [InlineData("min-size=KiB", "min-size")]
    [InlineData("max-size=8388608TiB", "max-size")]
    [InlineData("max-size=9223372036854775808", "max-size")]
    [InlineData("min-size=2&max-size=1", "max-size")]
    [InlineData("modified-after=yesterday", "modified-after")]
    [InlineData("modified-after=2026-11-23", "modified-after")]
    [InlineData("modified-after=2026-11-23T12:00:00", "modified-after")]
    [InlineData("modified-after=2026-11-23T12:00:00+02:00", "modified-after")]
    [InlineData("modified-after=2026-02-30T12:00:00Z", "modified-after")]
    [InlineData("modified-before=", "modified-before")]
    [InlineData("modified-after=2026-01-02T00:00:00Z&modified-before=2026-01-02T00:00:00Z", "modified-before")]
    [InlineData("storage-class=", "storage-class")]
    [InlineData("storage-class=standard", "storage-class")]
    [InlineData("storage-class=STANDARD,,GLACIER", "storage-class")]
    [InlineData("include=", "include")]
    [InlineData("exclude=%5B", "exclude")]
    public void Filter_Is_Refused_With_Its_Name_When_It_Is_Invalid(string query, string parameter)
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => Bind(query));

        Assert.Equal(parameter, refusal.Parameter);
        Assert.Matches($"^{parameter} must .+[.]$", refusal.Message);
    }

    [Fact]
    public async Task Filtered_Page_Reports_How_Many_Entries_It_Scanned()
    {
        S3Double s3 = new();
        s3.Responds(["a.txt", "b.csv", "c.txt"], "one").Responds(["d.txt"], commonPrefixes: ["e/"]);

        var response = await s3.GetObjectsAsync("delimiter=%2F&include=*.csv");

        Assert.Equal(["b.csv"], response.Keys);
        Assert.Equal("e/", response.Json.GetProperty("commonPrefixes")[0].GetString());
        Assert.Equal(2, response.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(5, response.Json.GetProperty("scanned").GetInt32());
        Assert.Equal(2, response.Json.GetProperty("s3Requests").GetInt32());
    }

    [Fact]
    public async Task Filtered_Page_Ends_With_A_Token_When_The_Scan_Budget_Is_Spent()
    {
        S3Double s3 = new(options => options with { ScanBudget = 1000 });
        var thousand = Enumerable.Range(0, 1000).Select(i => $"{i:D4}.txt").ToArray();
        s3.Responds(thousand, "one");

        var response = await s3.GetObjectsAsync("include=*.csv");

        Assert.Empty(response.Keys);
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Equal(1000, response.Json.GetProperty("scanned").GetInt32());
        Assert.Single(s3.Requests);
    }

    [Fact]
    public async Task Filtered_Page_Ends_Where_A_Page_Of_S3_Ends_When_Not_All_Matches_Fit()
    {
        S3Double s3 = new();
        s3.Responds(["a.txt", "b.csv", "c.csv", "d.csv"], "beyond", ["bb/"]).Responds(["a.txt", "b.csv", "c.csv"], "exact", ["bb/"]);

        var response = await s3.GetObjectsAsync("delimiter=%2F&include=*.csv&max-keys=3");

        Assert.Equal([1000, 4], s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(["b.csv", "c.csv"], response.Keys);
        Assert.Equal(3, response.Json.GetProperty("keyCount").GetInt32());

        s3.Responds([]);
        await s3.GetObjectsAsync($"delimiter=%2F&include=*.csv&continuation-token={response.NextToken}");
        Assert.Equal("exact", s3.Requests[^1].ContinuationToken);
    }

    [Theory]
    [InlineData(new[] { "a.csv", "b.csv" }, new string[0], 1, 1)]
    [InlineData(new[] { "a.txt", "b.txt", "c.csv", "d.csv" }, new string[0], 1, 3)]
    [InlineData(new[] { "a.csv", "b.csv", "c.csv" }, new string[0], 2, 2)]
    [InlineData(new[] { "a.csv", "c.csv" }, new[] { "b/", "d/" }, 2, 2)]
    [InlineData(new[] { "a.txt", "d.csv" }, new[] { "b/", "c/" }, 1, 2)]
    [InlineData(new[] { "a.txt", "d.csv" }, new[] { "b/", "c/" }, 2, 3)]
    public async Task Repeated_Request_Ends_With_The_Last_Entry_That_Fits(string[] keys, string[] commonPrefixes, int maxKeys, int requested)
    {
        S3Double s3 = new();
        s3.Responds(keys, "beyond", commonPrefixes).Throws(new InvalidOperationException("There was another request."));

        await s3.GetObjectsAsync($"delimiter=%2F&include=*.csv&max-keys={maxKeys}");

        Assert.Equal([1000, requested], s3.Requests.Select(request => request.MaxKeys));
    }

    [Fact]
    public async Task Matches_Of_Earlier_Pages_Of_S3_Count_When_The_Last_One_Does_Not_Fit()
    {
        S3Double s3 = new();
        s3.Responds(["a.csv", "b.txt"], "one").Responds(["c.csv", "d.txt", "e.csv", "f.csv"], "two").Responds(["c.csv", "d.txt", "e.csv"], "three");

        var response = await s3.GetObjectsAsync("include=*.csv&max-keys=3");

        Assert.Equal([1000, 1000, 3], s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(["a.csv", "c.csv", "e.csv"], response.Keys);
    }

    [Fact]
    public async Task Token_Is_Refused_With_Another_Filter()
    {
        S3Double s3 = new();
        s3.Responds(["a.csv"], "one").Responds(["a.csv"], "one");
        var response = await s3.GetObjectsAsync("include=*.csv&max-keys=1");

        var other = await s3.GetObjectsAsync($"include=*.txt&continuation-token={response.NextToken}");

        Assert.Equal(400, other.Status);
        Assert.Equal("InvalidContinuationToken", other.Code);
    }

    private static ObjectFilter Bind(string query) =>
        ListObjectsBinder.Bind(QueryString.Parse(query, ListObjectsBinder.Parameters)).Filter;
}
