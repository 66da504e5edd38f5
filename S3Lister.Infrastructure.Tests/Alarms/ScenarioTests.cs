using S3Lister.Infrastructure.Tests.Support;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Alarms;

public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Alarms_Go_Through_Their_States_And_Page_Or_Do_Not(string name) =>
        Assert.Equal("", string.Join('\n', Named(name).Faults(TemplateSet.Current)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_Says_What_Is_Sent_And_When(string name)
    {
        var first = Named(name).Run(TemplateSet.Current).Sent.GroupBy(message => message.Topic)
            .Select(topic => $"{(topic.Key == "Pages" ? "page" : "notice")} after {topic.First().Minute - Scenario.Start}, {topic.First().Alarm}");

        var row = $"| {name} | {string.Join("; ", first.DefaultIfEmpty("nothing"))} |";

        Assert.True(Repository.Read("docs/infrastructure-tests.md").Contains(row, StringComparison.Ordinal), $"No row: {row}");
    }

    private static Scenario Named(string name) => Scenario.All.Single(scenario => scenario.Name == name);
}
