namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>The tables of CloudWatch's page on missing data: 5 datapoints are retrieved and 3 evaluated. X breaches.</summary>
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
    public void State_Is_As_Documented(string points, int toAlarm, string missing, string expected)
    {
        Evaluation evaluation = new(3, toAlarm, missing);

        var state = evaluation.Next(AlarmState.Alarm, [.. points.Select(Point)], static value => value > 0);

        Assert.Equal(expected, state.ToString());
    }

    /// <summary>The reason for FILL: the bad datapoint has left the window, but CloudWatch still finds it.</summary>
    [Fact]
    public void Alarm_Stays_When_Datapoints_Stop_And_Are_Not_Filled()
    {
        Evaluation evaluation = new(3, 1, "notBreaching");

        Assert.Equal(AlarmState.Alarm, evaluation.Next(AlarmState.Alarm, [.. "X----".Select(Point)], static value => value > 0));
        Assert.Equal(AlarmState.Ok, evaluation.Next(AlarmState.Alarm, [.. "X0000".Select(Point)], static value => value > 0));
    }

    private static double? Point(char point) => point switch { 'X' => 1, '0' => 0, _ => null };
}
