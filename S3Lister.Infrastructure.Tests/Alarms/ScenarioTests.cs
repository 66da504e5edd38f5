using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Alarms;

public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Alarms_Change_State_And_Notify_As_The_Scenario_Says(string name) =>
        Assert.Equal("", string.Join('\n', Scenario.All.Single(scenario => scenario.Name == name).Faults(TemplateSet.Current)));
}
