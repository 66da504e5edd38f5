using System.Globalization;
using System.Text.Json;
using S3Lister.Cli.Output;
using S3Lister.Cli.Usage;
using S3Lister.Client;

namespace S3Lister.Cli.Tests.Usage;

public sealed class UsageTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private static readonly ExternalProgram Ncdu = new("ncdu", "ncdu 1.16 or later", "-v");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("odd/")]
    [InlineData("nothing/")]
    public async Task Ncdu_Reads_The_Same_Sums(string prefix)
    {
        using var cli = Cli.Of(sample);

        var run = await cli.RunAsync("du", prefix, "--format", "ncdu");
        await File.WriteAllTextAsync(cli.Path("sizes"), run.Output, Cancelled);
        await Ncdu.RunAsync("-0", "-f", cli.Path("sizes"), "-o", cli.Path("read"));
        var read = JsonElement.Parse(await File.ReadAllTextAsync(cli.Path("read"), Cancelled))[3];

        var written = JsonElement.Parse(run.Output);
        Assert.Equal((1, 2, "s3lister"), (written[0].GetInt32(), written[1].GetInt32(), written[2].GetProperty("progname").GetString()));
        var folders = Folders(written[3], "").ToDictionary();
        Assert.Equal(folders, Folders(read, "").ToDictionary());
        var fields = (await cli.RunAsync("du", prefix, "-d", "8")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToArray();
        Assert.Equal(fields.Length, folders.Count);
        Assert.Equal(fields[^1][0], folders[$"s3://sample-bucket/{prefix}"].ToString(CultureInfo.InvariantCulture));
        Assert.Equal(
            fields.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture)).Order(),
            folders.Values.Order());
    }

    /// <summary>A folder without a name, and names that could change a terminal.</summary>
    [Fact]
    public async Task Ncdu_Gets_Names_That_Are_Not_Empty_And_Have_No_Control_Character()
    {
        using var cli = Cli.Of(sample);

        var run = await cli.RunAsync("du", "odd/", "--format", "ncdu");

        var names = Names(JsonElement.Parse(run.Output)[3]).ToArray();
        Assert.Contains("/", names);
        Assert.Contains("..", names);
        Assert.Contains("日本語", names);
        Assert.All(names, name => Assert.Matches(@"^\P{C}+$", name));
    }

    [Theory]
    [InlineData("age")]
    [InlineData("class")]
    [InlineData("size")]
    [InlineData("ending")]
    public async Task Rows_Of_A_Breakdown_Are_The_Whole(string by)
    {
        using var cli = Cli.Of(sample);

        var rows = (await cli.RunAsync("du", "--by", by)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToArray();
        var whole = (await cli.RunAsync("du")).Output.TrimEnd().Split('\n')[^1].Split('\t');

        Assert.InRange(rows.Length, 2, 100);
        Assert.Equal(whole[0], rows.Sum(row => long.Parse(row[0], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(whole[1], rows.Sum(row => long.Parse(row[1], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Age_Classes_Are_Those_Of_The_Filters()
    {
        using var cli = Cli.Of(sample);

        var classes = (await cli.RunAsync("du", "--by", "age")).Output;
        var old = (await cli.RunAsync("du", "--older", "365d", "--newer", "730d")).Output.TrimEnd().Split('\n')[^1].Split('\t');

        Assert.Contains($"{old[0]}\t{old[1]}\t365 to 730 days\n", classes, StringComparison.Ordinal);
    }

    [Fact]
    public void Folded_And_Cut_Trees_Keep_Their_Sums()
    {
        var tree = Tree("", [Tree("a/", [Tree("a/b/", [], 5), Tree("a/c/", [], 90)], 5), Tree("d/", [], 3)], 2);

        var folded = tree.Fold(10);
        var cut = tree.Cut(1);

        Assert.Equal(["a/"], folded.Folders.Select(folder => folder.Name));
        Assert.Equal((new Sum(1, 3), new Sum(1, 5)), (folded.Rest, folded.Folders[0].Rest));
        Assert.Equal(["a/c/"], folded.Folders[0].Folders.Select(folder => folder.Name));
        Assert.Equal(["a/", "d/"], cut.Folders.Select(folder => folder.Name));
        Assert.Equal((new Sum(2, 95), tree.Sums), (cut.Folders[0].Rest, cut.Sums));
    }

    [Theory]
    [InlineData(131_072, "128 KiB")]
    [InlineData(5_368_709_120, "5 GiB")]
    [InlineData(1000, "1000 B")]
    [InlineData(0, "0 B")]
    public void Edge_Is_A_Whole_Number_Of_Its_Unit(long bytes, string text) => Assert.Equal(text, ByteSize.Short(bytes));

    [Theory]
    [InlineData("logs/", "logs/")]
    [InlineData("=1+1/", "'=1+1/")]
    [InlineData("'a", "''a")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("", "")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    public void Cell_Is_Not_A_Formula(string text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    internal static FolderTree Tree(string name, FolderTree[] folders, long own, long rest = 0)
    {
        Sum ownSum = new(1, own);
        Sum restSum = new(rest > 0 ? 1 : 0, rest);
        return new(
            name,
            new(folders.Sum(folder => folder.Sums.Objects) + 1 + restSum.Objects, folders.Sum(folder => folder.Sums.Bytes) + own + rest),
            ownSum,
            restSum,
            null,
            null,
            folders);
    }

    private static IEnumerable<KeyValuePair<string, long>> Folders(JsonElement folder, string parent)
    {
        var name = parent + folder[0].GetProperty("name").GetString();
        var nested = folder.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Array).SelectMany(item => Folders(item, name + "|"));
        return nested.Prepend(new(name, Size(folder)));
    }

    private static long Size(JsonElement item) => item.ValueKind == JsonValueKind.Array
        ? item.EnumerateArray().Sum(Size)
        : item.TryGetProperty("dsize", out var size) ? size.GetInt64() : 0;

    private static IEnumerable<string> Names(JsonElement item) => item.ValueKind == JsonValueKind.Array
        ? item.EnumerateArray().SelectMany(Names)
        : [item.GetProperty("name").GetString()!];
}
