using System.Text.Json.Nodes;
using S3Lister.Cli.Usage;
using static S3Lister.Cli.Tests.Usage.UsageTests;

namespace S3Lister.Cli.Tests.Usage;

public sealed class DifferenceTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Folders_That_Changed_Are_Found_Largest_First()
    {
        var before = Tree("", [Tree("a/", [Tree("a/b/", [], 5)], 5), Tree("gone/", [], 3), Tree("same/", [], 7)], 2);
        var after = Tree("", [Tree("a/", [Tree("a/b/", [], 50)], 5), Tree("new/", [], 20), Tree("same/", [], 7)], 2);

        Assert.Equal(
            [("a/", 45), ("a/b/", 45), ("new/", 20), ("gone/", -3)],
            UsageDifference.Find(before, after).Select(row => (row.Name, row.Bytes)));
    }

    /// <summary>A folder that one result has folded is not gone.</summary>
    [Fact]
    public void Folder_That_One_Result_Does_Not_Name_Is_Compared_With_The_Rest()
    {
        var before = Tree("", [Tree("a/", [], 5), Tree("b/", [], 8)], 2);
        var after = Tree("", [Tree("a/", [], 6)], 2, rest: 9);

        Assert.Equal(
            [new UsageDifference("", true, new(1, 8), new(1, 9)), new UsageDifference("a/", false, new(1, 5), new(1, 6))],
            UsageDifference.Find(before, after));
    }

    [Theory]
    [InlineData("diff", "old", "new")]
    [InlineData("diff", "old")]
    public async Task Result_Is_Compared_With_Another_One_Or_With_Now(params string[] command)
    {
        using var cli = Cli.Of(sample);
        var now = (await cli.RunAsync("du", "-d", "2", "--format", "json")).Output;
        await File.WriteAllTextAsync(cli.Path("new"), now, Cancelled);
        var json = JsonNode.Parse(now)!;
        foreach (var node in (JsonNode[])[json, json["tree"]!.AsArray().Single(node => (string)node!["commonPrefix"]! == "team-a/")!])
        {
            node["bytes"] = (long)node["bytes"]! - 1000;
            node["objects"] = (long)node["objects"]! + 2;
        }

        await File.WriteAllTextAsync(cli.Path("old"), json.ToJsonString(), Cancelled);

        var pipe = await cli.RunAsync(command);
        var terminal = await cli.RunOnTerminalAsync(command);

        Assert.True(pipe.ExitCode == 0, pipe.Error);
        Assert.Matches("^1000\t-2\t\\d+\t\\d+\tfolder\tteam-a/\n1000\t-2\t\\d+\t\\d+\tfolder\t\n$", pipe.Output);
        Assert.Matches(@"\+1000 B +\d+ MiB +-2  team-a/\n +\+1000 B +[\d.]+ TiB +-2  \(the whole bucket\)\n$", terminal.Output);
    }

    [Fact]
    public async Task Results_Of_Two_Prefixes_Are_Exit_Code_2_And_No_Result_Is_6()
    {
        using var cli = Cli.Of(sample);
        await File.WriteAllTextAsync(cli.Path("a"), (await cli.RunAsync("du", "team-a/", "--format", "json")).Output, Cancelled);
        await File.WriteAllTextAsync(cli.Path("b"), (await cli.RunAsync("du", "team-b/", "--format", "json")).Output, Cancelled);
        await File.WriteAllTextAsync(cli.Path("none"), "{}", Cancelled);

        Assert.Equal(2, (await cli.RunAsync("diff", "a", "b")).ExitCode);
        Assert.Equal(6, (await cli.RunAsync("diff", "a", "none")).ExitCode);
        Assert.Equal(6, (await cli.RunAsync("diff", "a", "missing")).ExitCode);
    }

    [Fact]
    public async Task Part_Is_Exit_Code_5()
    {
        using var cli = Cli.Of(sample);
        var part = JsonNode.Parse((await cli.RunAsync("du", "team-a/", "--format", "json")).Output)!;
        part["complete"] = false;
        await File.WriteAllTextAsync(cli.Path("part"), part.ToJsonString(), Cancelled);

        var run = await cli.RunAsync("diff", "part");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("the sums of OLD are not complete", run.Error, StringComparison.Ordinal);
    }
}
