namespace S3Lister.Infrastructure.Tests.Alarms;

public sealed class CompositeRuleTests
{
    [Theory]
    [InlineData("""ALARM("a")""", true)]
    [InlineData("""ALARM("b")""", false)]
    [InlineData("""ALARM("b") OR ALARM("a") AND OK("b")""", true)]
    [InlineData("""(ALARM("b") OR ALARM("a")) AND NOT OK("b")""", false)]
    [InlineData("""ALARM("a") AND FALSE OR INSUFFICIENT_DATA("c")""", true)]
    public void Rule_Holds_By_The_States(string rule, bool expected) =>
        Assert.Equal(expected, new CompositeRule(rule).Holds(static name => name switch { "a" => AlarmState.Alarm, "b" => AlarmState.Ok, _ => AlarmState.InsufficientData }));

    [Theory]
    [InlineData("""ALARM("a") OR""")]
    [InlineData("""ALARM("a") ALARM("b")""")]
    [InlineData("""(ALARM("a")""")]
    [InlineData("ALARM(a)")]
    public void Rule_Is_Refused_When_It_Does_Not_Parse(string rule) =>
        Assert.Throws<FormatException>(() => new CompositeRule(rule).Holds(static _ => AlarmState.Ok));
}
