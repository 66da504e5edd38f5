using System.Text.Json;
using System.Text.Json.Serialization;
using S3Lister.Cli.Lifecycle;
using S3Lister.Client;

namespace S3Lister.Cli.Tests.Lifecycle;

/// <summary>Estimates of lifecycle rules, computed by hand. Other programs that estimate read the same file.</summary>
public sealed class TransitionTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly CaseFile File =
        JsonSerializer.Deserialize<CaseFile>(System.IO.File.ReadAllBytes(Repository.Path("S3Lister.Cli.Tests/Lifecycle/cases.json")), Json)!;

    public static TheoryData<string> Names => [.. File.Cases.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Estimate_Is_What_Was_Computed_By_Hand(string name)
    {
        var item = File.Cases.Single(item => item.Name == name);

        var ages = Transition.Ages(File.Prices, item.OlderThanDays);
        var transition = Transition.Estimate(File.Prices, File.Prices.Find(item.To)!, ages, item.Cells, File.SizeEdges, item.Small);

        Assert.Equal(item.Ages, ages);
        Assert.Equal(
            item.Expected,
            new Expected(
                transition.Moved,
                transition.Small,
                transition.Young,
                transition.OtherClass,
                Transition.Round(transition.MonthlyBefore),
                Transition.Round(transition.MonthlyAfter),
                Transition.Round(transition.MonthlySaving),
                Transition.Round(transition.OneTime),
                Transition.Round(transition.EarlyDeletion),
                transition.PaybackMonths));
    }

    /// <summary>Every class of the waterfall is in the file, and a class that can be moved to has its price of a transition.</summary>
    [Fact]
    public void Prices_Of_The_Command_Are_Complete()
    {
        var classes = StoragePrices.Default.Classes;

        Assert.Equal(["STANDARD", "STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"], classes.Select(price => price.Name));
        Assert.All(classes, price => Assert.All(price.To, name => Assert.NotNull(StoragePrices.Default.Find(name)!.TransitionPer1000)));
        Assert.All(classes, price => Assert.All(price.To, name => Assert.True(Index(name) > Index(price.Name), $"{price.Name} to {name} is upward.")));

        int Index(string name) => classes.Select(price => price.Name).ToList().IndexOf(name);
    }

#pragma warning disable CA1812 // The JSON reader makes them.
    private sealed record CaseFile(string About, StoragePrices Prices, IReadOnlyList<long> SizeEdges, IReadOnlyList<Case> Cases);

    private sealed record Case(
        string Name, string Arithmetic, int OlderThanDays, string To, bool Small, int[] Ages, IReadOnlyList<CubeCell> Cells, Expected Expected);

    private sealed record Expected(
        Sum Moved,
        Sum TooSmall,
        Sum TooYoung,
        Sum OtherClass,
        double MonthlyBefore,
        double MonthlyAfter,
        double MonthlySaving,
        double OneTime,
        double EarlyDeletion,
        double? PaybackMonths);
#pragma warning restore CA1812
}
