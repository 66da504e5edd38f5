namespace S3Lister.Tests.Contract;

/// <summary>Each row of the table of parameters in <c>docs/api.md</c>, through the generated handler.</summary>
public sealed class ParameterTableTests(GeneratedApi api) : IClassFixture<GeneratedApi>
{
    private const string Many = "exclude=many%2F%2A&";

    /// <summary>Parameter, query, and the indexes of the listed <see cref="GeneratedApi.Keys"/>.</summary>
    public static TheoryData<string, string, int[]> Listings => new()
    {
        { "prefix", "prefix=logs%2F", [1, 2, 3, 4] },
        { "prefix", "prefix=a%20b%2B", [0] },
        { "prefix", "prefix=a+b%2b", [0] },
        { "prefix", "prefix=none", [] },
        { "prefix", $"prefix={Longest}", [] },
        { "delimiter", "prefix=logs%2F&delimiter=%2F", [1, 4] },
        { "delimiter", "prefix=logs%2F&delimiter=", [1, 2, 3, 4] },
        { "delimiter", $"prefix=logs%2F&delimiter={Longest}", [1, 2, 3, 4] },
        { "start-after", "prefix=logs%2F&start-after=logs%2F2026%2F01.gz", [3, 4] },
        { "start-after", "start-after=team-a", [5, 6] },
        { "start-after", "prefix=logs%2F&start-after=", [1, 2, 3, 4] },
        { "start-after", $"start-after={Longest}&prefix=team", [5, 6] },
        { "end-before", "end-before=team-a&prefix=logs%2F", [1, 2, 3, 4] },
        { "end-before", "end-before=logs%2F2026%2F02.gz", [0, 1, 2] },
        { "end-before", "end-before=logs%2F2026%2F02.gz&start-after=logs%2F1.txt", [2] },
        { "end-before", "end-before=logs%2F3.txt&include=%2A%2A%2F%2A.gz&max-keys=10000", [2, 3] },
        { "end-before", "end-before=logs%2F1.txt&start-after=logs%2F1.txt", [] },
        { "end-before", "end-before=logs%2F&prefix=logs%2F", [] },
        { "end-before", "end-before=&prefix=logs%2F", [1, 2, 3, 4] },
        { "end-before", $"end-before={Longest}&prefix=a", [0] },
        { "max-keys", "max-keys=1", [0] },
        { "max-keys", "max-keys=2&prefix=team", [5, 6] },
        { "max-keys", "max-keys=10000&prefix=team", [5, 6] },
        { "include", "include=logs%2F%2A", [1, 4] },
        { "include", "include=logs%2F%2A%2A", [1, 2, 3, 4] },
        { "include", "include=%7Bteam-%5Bab%5D%2F%3F,a%20%2A%7D", [0, 5, 6] },
        { "include", "prefix=logs%2F&include=%2A.txt", [1, 4] },
        { "exclude", "prefix=logs%2F&exclude=%2A%2A.gz", [1, 4] },
        { "exclude", "include=%2A%2A&exclude=%7Bmany,logs%7D%2F%2A%2A", [0, 5, 6] },
        { "min-size", $"{Many}min-size=5120", [5, 6] },
        { "min-size", $"{Many}min-size=5KiB", [5, 6] },
        { "max-size", $"{Many}max-size=1024", [0, 1] },
        { "max-size", $"{Many}max-size=1KiB&min-size=1", [1] },
        { "max-size", $"{Many}max-size=1MiB&min-size=6KiB", [6] },
        { "modified-after", $"{Many}modified-after=2026-01-06T00%3A00%3A00Z", [5, 6] },
        { "modified-after", $"{Many}modified-after=2026-01-06T01%3A00%3A00%2B01%3A00", [5, 6] },
        { "modified-before", $"{Many}modified-before=2026-01-03T00%3A00%3A00Z", [0, 1] },
        { "modified-before", $"{Many}modified-before=2026-01-03T00%3A00%3A00.001Z&modified-after=2026-01-03T00%3A00%3A00Z", [2] },
        { "storage-class", "storage-class=GLACIER_IR", [1] },
        { "storage-class", $"{Many}storage-class=GLACIER_IR,STANDARD&prefix=logs%2F", [1, 2, 3, 4] },
    };

    /// <summary>Parameter, and a query that is refused because of it.</summary>
    public static TheoryData<string, string> Refusals => new()
    {
        { "prefix", $"prefix={Longest}k" },
        { "prefix", "prefix=%FF" },
        { "prefix", "prefix=a&prefix=a" },
        { "delimiter", $"delimiter={Longest}k" },
        { "start-after", $"start-after={Longest}k" },
        { "start-after", "start-after=a&continuation-token=b" },
        { "end-before", $"end-before={Longest}k" },
        { "end-before", "end-before=a&end-before=a" },
        { "end-before", "delimiter=%2F&end-before=logs%2F2026" },
        { "end-before", "delimiter=%2F&end-before=logs%2F2026%2F01.gz&prefix=logs%2F" },
        { "max-keys", "max-keys=0" },
        { "max-keys", "max-keys=10001" },
        { "max-keys", "max-keys=" },
        { "max-keys", "max-keys=%D9%A1" },
        { "continuation-token", "continuation-token=a&continuation-token=a" },
        { "include", "include=" },
        { "include", $"include={new string('k', 257)}" },
        { "exclude", "exclude=%5B" },
        { "min-size", "min-size=1kb" },
        { "min-size", "min-size=-1" },
        { "max-size", "max-size=9999999TiB" },
        { "max-size", "max-size=1&min-size=2" },
        { "modified-after", "modified-after=yesterday" },
        { "modified-after", "modified-after=2026-01-01" },
        { "modified-before", "modified-before=2026-01-01T00%3A00%3A00" },
        { "modified-before", "modified-before=2026-01-01T00%3A00%3A00Z&modified-after=2026-01-01T00%3A00%3A00Z" },
        { "storage-class", "storage-class=" },
        { "storage-class", "storage-class=standard" },
    };

    private static string Longest => new('k', 1024);

    [Theory]
    [MemberData(nameof(Listings))]
    public async Task Parameter_Does_What_Its_Row_Says(string parameter, string query, int[] listed)
    {
        var response = await api.ListAsync(query);

        Assert.True(response.Status == 200, $"{parameter}: {response.Body}");
        Assert.Equal(listed.Select(number => GeneratedApi.Keys[number]), response.Keys.Where(key => !key.StartsWith("many/", StringComparison.Ordinal)));
        Assert.Equal(parameter == "delimiter" && query.EndsWith("%2F", StringComparison.Ordinal) ? ["logs/2026/"] : [], response.CommonPrefixes);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Parameter_Is_Refused_When_It_Is_Out_Of_Range(string parameter, string query) =>
        Assert.Equal((400, "InvalidParameter", parameter), (await api.ListAsync(query)).Problem);

    [Fact]
    public async Task Page_Has_A_Thousand_Entries_When_There_Are_No_Parameters()
    {
        var response = await api.ListAsync();

        Assert.Equal(1000, response.Keys.Length);
        Assert.Equal(1000, response.Json.GetProperty("maxKeys").GetInt32());
        Assert.Equal(1, response.Json.GetProperty("s3Requests").GetInt32());
        Assert.NotNull(response.NextToken);
    }

    [Fact]
    public async Task Token_Continues_After_Its_Page_With_Any_Page_Size()
    {
        var first = await api.ListAsync("max-keys=3");
        var second = await api.ListAsync($"max-keys=10000&continuation-token={first.NextToken}");

        Assert.Equal(GeneratedApi.Keys.Length + 1100, first.Keys.Concat(second.Keys).Distinct().Count());
        Assert.Null(second.NextToken);
        Assert.Equal(2, second.Json.GetProperty("s3Requests").GetInt32());
    }

    [Fact]
    public void Tested_Parameters_Are_Those_Of_The_Documentation()
    {
        var documented = Table.Read("docs/api.md", "query").SelectMany(row => Table.Code(row[0])).Order(StringComparer.Ordinal).ToList();
        var refused = Refusals.Select(row => row.Data.Item1).Distinct().Order(StringComparer.Ordinal);
        var listed = Listings.Select(row => row.Data.Item1).Append("continuation-token").Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(documented, refused);
        Assert.Equal(documented, listed);
    }
}
