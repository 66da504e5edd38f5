namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>The tables of CloudWatch's own page on missing data: 3 datapoints are evaluated, 5 are looked at. X breaches.</summary>
public sealed class AlarmStateTests
{
    [Theory]
    [InlineData("0-X-X", 3, "notBreaching", nameof(AlarmState.Ok))]
    [InlineData("0-X-X", 3, "breaching", nameof(AlarmState.Ok))]
    [InlineData("-----", 3, "notBreaching", nameof(AlarmState.Ok))]
    [InlineData("-----", 3, "breaching", nameof(AlarmState.Alarm))]
    [InlineData("-----", 3, "missing", nameof(AlarmState.InsufficientData))]
    [InlineData("-----", 3, "ignore", nameof(AlarmState.Alarm))]
    [InlineData("0XX-X", 3, "notBreaching", nameof(AlarmState.Alarm))]
    [InlineData("--X--", 3, "notBreaching", nameof(AlarmState.Ok))]
    [InlineData("--X--", 3, "breaching", nameof(AlarmState.Alarm))]
    [InlineData("0-X-X", 2, "notBreaching", nameof(AlarmState.Alarm))]
    [InlineData("00X0X", 2, "notBreaching", nameof(AlarmState.Alarm))]
    [InlineData("X0000", 1, "notBreaching", nameof(AlarmState.Ok))]
    public void State_Is_The_Documented_One(string points, int toAlarm, string missing, string expected)
    {
        Evaluation evaluation = new(3, toAlarm, missing);

        var state = evaluation.Next(AlarmState.Alarm, [.. points.Select(Point)], static value => value > 0);

        Assert.Equal(expected, state.ToString());
    }

    /// <summary>The trap that FILL is for: the bad datapoint has left the window, and is still found.</summary>
    [Fact]
    public void Alarm_Stays_When_Nothing_New_Comes_And_Missing_Is_Not_Filled()
    {
        Evaluation evaluation = new(3, 1, "notBreaching");

        Assert.Equal(AlarmState.Alarm, evaluation.Next(AlarmState.Alarm, [.. "X----".Select(Point)], static value => value > 0));
        Assert.Equal(AlarmState.Ok, evaluation.Next(AlarmState.Alarm, [.. "X0000".Select(Point)], static value => value > 0));
    }

    private static double? Point(char point) => point switch { 'X' => 1, '0' => 0, _ => null };
}
