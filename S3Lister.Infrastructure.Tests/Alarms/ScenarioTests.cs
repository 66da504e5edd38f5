using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Alarms;

public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Alarms_Go_Through_Their_States_And_Page_Or_Do_Not(string name) =>
        Assert.Equal("", string.Join('\n', Scenario.All.Single(scenario => scenario.Name == name).Faults(TemplateSet.Current)));
}
