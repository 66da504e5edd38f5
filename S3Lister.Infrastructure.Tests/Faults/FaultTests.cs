using System.Collections.Concurrent;
using S3Lister.Infrastructure.Tests.Rules;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Faults;

/// <summary>Each rule finds its faults: a template with a planted fault has a finding that it otherwise does not have.</summary>
public sealed class FaultTests
{
    private static readonly ConcurrentDictionary<string, HashSet<string>> Before = [];

    public static TheoryData<string> Names => [.. Fault.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_Finds_The_Fault(string name)
    {
        var fault = Fault.All[name];
        var rule = AllRules.ByName[fault.Rule];
        var before = Before.GetOrAdd(fault.Rule, _ => [.. rule(TemplateSet.Current)]);

        Assert.NotEmpty(rule(fault.Planted(TemplateSet.Current)).Except(before));
    }

    [Fact]
    public void Each_Rule_Has_A_Fault() => Assert.Empty(AllRules.ByName.Keys.Except(Fault.All.Values.Select(fault => fault.Rule)));
}
