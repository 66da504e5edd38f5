namespace S3Lister.Infrastructure.Tests.Alarms;

internal enum AlarmState
{
    InsufficientData,
    Ok,
    Alarm,
}

/// <summary>How CloudWatch evaluates an alarm, including M of N and missing datapoints.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html"/>
internal sealed record Evaluation(int Periods, int ToAlarm, string Missing)
{
    /// <summary>
    /// CloudWatch retrieves more datapoints than it evaluates, and does not say how many: its example retrieves 5 and evaluates
    /// 3. So it finds old ones where new ones are missing.
    /// </summary>
    public int Range => Periods + 2;

    /// <param name="points">The datapoints of the range, the oldest first.</param>
    public AlarmState Next(AlarmState current, IReadOnlyList<double?> points, Func<double, bool> breaches)
    {
        var real = points.OfType<double>().ToArray();
        if (real.Length == 0)
        {
            return Missing switch
            {
                "notBreaching" => AlarmState.Ok,
                "breaching" => AlarmState.Alarm,
                "ignore" => current,
                _ => AlarmState.InsufficientData,
            };
        }

        var breaching = real.TakeLast(Periods).Count(breaches);
        var filled = Math.Max(0, Periods - real.Length);
        return breaching + (Missing == "breaching" ? filled : 0) >= ToAlarm ? AlarmState.Alarm
            : Missing == "ignore" && filled > 0 ? current
            : AlarmState.Ok;
    }
}
