using System.Collections.Concurrent;
using S3Lister.Infrastructure.Tests.Rules;
using S3Lister.Infrastructure.Tests.Support;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Faults;

/// <summary>Each rule finds what it is for: a fault is planted in a copy of the templates, and the rule must speak.</summary>
public sealed class FaultTests
{
    private static readonly IReadOnlyDictionary<string, Fault> Faults =
        ObservabilityFaults.All.Concat(ServiceFaults.All).Concat(CompanionFaults.All).ToDictionary(fault => fault.Name);

    private static readonly ConcurrentDictionary<string, HashSet<string>> Before = [];

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_Finds_The_Fault(string name)
    {
        var fault = Faults[name];
        var rule = AllRules.ByName[fault.Rule];
        var before = Before.GetOrAdd(fault.Rule, _ => [.. rule(TemplateSet.Current)]);

        var found = rule(fault.Planted(TemplateSet.Current)).Except(before);

        Assert.NotEmpty(found);
    }

    [Fact]
    public void Page_Lists_The_Rules_And_The_Faults()
    {
        var lines = Repository.Read("docs/infrastructure-tests.md").Split('\n').ToHashSet();

        Assert.All(Faults.Values, fault => Assert.Contains($"| {fault.Name} | {Path.GetFileNameWithoutExtension(fault.Template)} | `{fault.Rule}` |", lines));
        Assert.Equal(Faults.Count + AllRules.ByName.Count, lines.Count(line => line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith(" |", StringComparison.Ordinal) && line.Contains('`', StringComparison.Ordinal)));
    }

    [Fact]
    public void Rules_Have_A_Fault_Each() =>
        Assert.Empty(AllRules.ByName.Keys.Except(Faults.Values.Select(fault => fault.Rule)));
}
