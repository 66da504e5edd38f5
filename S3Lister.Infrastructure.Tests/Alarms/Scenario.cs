using System.Globalization;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>What happens from minute <see cref="Start"/> on, and the alarms, messages and rollback that must follow.</summary>
/// <param name="States">The sequence of states of each alarm.</param>
/// <param name="Sends">
/// The first page and the first notice, in minutes after the start. Metrics arrive a minute late, so FILL always fills the
/// newest minute, and a composite alarm waits a minute for its suppressor.
/// </param>
/// <param name="RollsBackWithin">The minutes after the start within which a deployment rolls back; null for no rollback.</param>
internal sealed record Scenario(
    string Name, Traffic Traffic, (string Alarm, string States)[] States, string Sends = "nothing", Range? RollsBackWithin = null)
{
    public const int Start = 400;

    private const int Minutes = 470;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("no more calls", new() { Calls = From(0, Start, 100) }, [("ErrorRate", "Ok"), ("LatencyP99", "Ok"), ("NoTraffic", "Ok Alarm")], "page after 30, ServiceFailing"),
        new("steady calls without an error", new() { Calls = Steady }, [("ErrorRate", "Ok"), ("NoTraffic", "Ok"), ("AvailabilityBurn1h", "Ok")]),
        new("a single error in a quiet hour", new() { Calls = Every(20), Errors = From(Start, Start + 1, 1) }, [("ErrorRate", "Ok"), ("FewCallsFail", "Ok"), ("AvailabilityBurn1h", "Ok")]),
        new("sparse calls, one in four fails", new() { Calls = Every(5), Errors = Every(20) }, [("ErrorRate", "Ok"), ("FewCallsFail", "Ok")]),
        new("a burst of errors in one minute of many calls", new() { Calls = Steady, Errors = From(Start, Start + 1, 20) }, [("ErrorRate", "Ok"), ("AvailabilityBurn1h", "Ok")]),
        new("one slow minute", new() { Calls = Steady, P99 = minute => minute == Start ? 5000 : 40, Slow = From(Start, Start + 1, 5) }, [("LatencyP99", "Ok"), ("LatencyBurn1h", "Ok")]),
        new("an outage", new() { Calls = Steady, Errors = From(Start, 999, 100) }, [("ErrorRate", "Ok Alarm"), ("FewCallsFail", "Ok Alarm"), ("S3Failed", "Ok Alarm"), ("ServiceFailing", "Ok Alarm")], "page after 2, ServiceFailing; notice after 4, Attention", RollsBackWithin: 2..4),
        new("an outage of ten minutes", new() { Calls = Steady, Errors = From(Start, Start + 10, 100) }, [("ErrorRate", "Ok Alarm Ok"), ("AvailabilityBurn5m", "Ok Alarm Ok"), ("ServiceFailing", "Ok Alarm Ok")], "page after 2, ServiceFailing; notice after 4, Attention", RollsBackWithin: 2..4),
        new("an outage that few callers see", new() { Calls = One, Errors = From(Start, 999, 1) }, [("ErrorRate", "Ok"), ("FewCallsFail", "Ok Alarm")], "page after 6, ServiceFailing", RollsBackWithin: 2..4),
        new("a tenth of the calls fails", new() { Calls = Steady, Errors = From(Start, 999, 10) }, [("ErrorRate", "Ok Alarm"), ("FewCallsFail", "Ok")], "page after 4, ServiceFailing; notice after 4, Attention", RollsBackWithin: 2..4),
        new("errors below the rate that spend the budget", new() { Calls = static _ => 200, Errors = From(Start, 999, 8) }, [("ErrorRate", "Ok"), ("AvailabilityBurn1h", "Ok Alarm"), ("AvailabilityBurn5m", "Ok Alarm")], "notice after 4, Attention; page after 23, ServiceFailing"),
        new("S3 denies the role", new() { Calls = Steady, Errors = From(Start, 999, 100), Cause = "S3AccessDenied" }, [("S3AccessDenied", "Ok Alarm"), ("S3Failed", "Ok"), ("Attention", "Ok Alarm")], "page after 2, ServiceFailing; notice after 3, Attention", RollsBackWithin: 2..4),
        new("S3 throttles", new() { Calls = Steady, Errors = From(Start, 999, 6), Cause = "S3Throttled" }, [("S3Throttled", "Ok Alarm"), ("S3AccessDenied", "Ok"), ("ErrorRate", "Ok"), ("Unavailable", "Ok Alarm")], "notice after 4, Attention; page after 15, ServiceFailing"),
        new("S3 throttles for five minutes", new() { Calls = Steady, Errors = From(Start, Start + 5, 60), Cause = "S3Throttled" }, [("S3Throttled", "Ok Alarm Ok"), ("Unavailable", "Ok"), ("AvailabilityBurn1h", "Ok")], "notice after 4, Attention"),
        new("S3 cannot be reached", new() { Calls = Steady, Errors = From(Start, 999, 100), Cause = "S3Unavailable" }, [("S3Unavailable", "Ok Alarm"), ("S3Failed", "Ok"), ("ErrorRate", "Ok"), ("Unavailable", "Ok Alarm")], "notice after 4, Attention; page after 11, ServiceFailing"),
        new("S3 cannot be reached for five minutes", new() { Calls = Steady, Errors = From(Start, Start + 5, 100), Cause = "S3Unavailable" }, [("Unavailable", "Ok"), ("FewCallsFail", "Ok"), ("ServiceFailing", "Ok")], "notice after 4, Attention"),
        new("S3 cannot be reached, where calls are few", new() { Calls = One, Errors = From(Start, 999, 1), Cause = "S3Unavailable" }, [("FewCallsFail", "Ok"), ("Unavailable", "Ok Alarm")], "page after 11, ServiceFailing"),
        new("S3 cannot be reached in a deployment", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 5, 100), Cause = "S3Unavailable" }, [("ListObjectsFailuresAlarm", "Ok")]),
        new("all callers are refused", new() { Calls = Steady, Refused = From(Start, 999, 100) }, [("CallersRefused", "Ok Alarm"), ("ErrorRate", "Ok"), ("DeniedCalls", "Ok Alarm")], "notice after 2, Attention; page after 15, ServiceFailing"),
        new("half of the callers are refused", new() { Calls = Steady, Refused = From(Start, 999, 50) }, [("CallersRefused", "Ok"), ("DeniedCalls", "Ok Alarm")], "notice after 2, Attention"),
        new("all calls are throttled", new() { Calls = Steady, TooMany = From(Start, 999, 100) }, [("CallersRefused", "Ok Alarm"), ("ThrottledCalls", "Ok Alarm")], "notice after 2, Attention; page after 15, ServiceFailing"),
        new("a quiet night", new() { Calls = Every(9), Refused = Every(27) }, [("CallersRefused", "Ok"), ("FewCallsFail", "Ok"), ("NoTraffic", "Ok")]),
        new("a quiet night, and somebody scans for two minutes", new() { Calls = minute => minute is >= Start and < Start + 2 ? 20 : Every(9)(minute), Refused = From(Start, Start + 2, 20) }, [("CallersRefused", "Ok"), ("DeniedCalls", "Ok"), ("ClientErrors", "Ok")]),
        new("nobody calls, and every call would fail", new() { Calls = Every(9), Probe = minute => minute >= Start ? 1 : 0 }, [("ProbeFailing", "Ok Alarm"), ("CallersRefused", "Ok")], "page after 5, ServiceFailing"),
        new("the signed call stops", new() { Calls = Every(9), Probe = minute => minute >= Start ? null : 0 }, [("ProbeFailing", "Ok Alarm")], "page after 5, ServiceFailing"),
        new("two signed calls fail", new() { Calls = Every(9), Probe = minute => minute is >= Start and < Start + 2 ? 1 : 0 }, [("ProbeFailing", "Ok")]),
        new("callers with a token get errors", new() { Calls = Steady, Errors = From(Start, 999, 100), Through = "tokens456" }, [("ErrorRate", "Ok"), ("TokenErrorRate", "Ok Alarm"), ("RestErrorRate", "Ok")], "page after 4, ServiceFailing; notice after 4, Attention", RollsBackWithin: 2..4),
        new("all callers with a token are refused", new() { Calls = Steady, Refused = From(Start, 999, 100), Through = "tokens456" }, [("CallersRefused", "Ok"), ("TokenCallersRefused", "Ok Alarm")], "notice after 2, Attention; page after 15, ServiceFailing"),
        new("callers of the REST API get errors", new() { Calls = Steady, Errors = From(Start, 999, 100), Through = "s3lister-edge" }, [("TokenErrorRate", "Ok"), ("RestErrorRate", "Ok Alarm"), ("RestFewCallsFail", "Ok Alarm")], "page after 4, ServiceFailing; notice after 4, Attention", RollsBackWithin: 2..4),
        new("S3 cannot be reached, and all callers use the REST API", new() { Calls = Steady, Errors = From(Start, 999, 100), Cause = "S3Unavailable", Through = "s3lister-edge" }, [("RestErrorRate", "Ok"), ("RestUnavailable", "Ok Alarm")], "notice after 4, Attention; page after 11, ServiceFailing"),
        new("slow responses", new() { Calls = Steady, P99 = static minute => minute >= Start ? 3000 : 40, Slow = From(Start, 999, 30) }, [("LatencyP99", "Ok Alarm"), ("LatencyBurn1h", "Ok Alarm"), ("ServiceSlow", "Ok Alarm"), ("ServiceFailing", "Ok")], "page after 4, ServiceSlow"),
        new("a few slow responses where calls are few", new() { Calls = One, P99 = static minute => minute is >= Start and < Start + 4 ? 3000 : 40, Slow = From(Start, Start + 4, 1) }, [("LatencyP99", "Ok")]),
        new("Lambda has no concurrency left", new() { Calls = Steady, Throttles = From(Start, 999, 50) }, [("FunctionThrottles", "Ok Alarm"), ("ServiceSaturated", "Ok Alarm")], "page after 4, ServiceSaturated", RollsBackWithin: 2..4),
        new("somebody probes prefixes", new() { Calls = Steady, Refused = From(Start, 999, 10) }, [("GrantRefusals", "Ok Alarm"), ("DeniedCalls", "Ok Alarm"), ("Attention", "Ok Alarm")], "notice after 6, Attention"),
        new("a new version responds 500 to its tenth of the calls", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 4, 10), Cause = "InternalError" }, [("ListObjectsFailuresAlarm", "Ok Alarm Ok"), ("ListObjectsErrorsAlarm", "Ok")], "notice after 15, Attention", RollsBackWithin: 2..4),
        new("a new version responds 500 where calls are few", new() { Calls = One, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 4, 1), Cause = "InternalError" }, [("ListObjectsFailuresAlarm", "Ok Alarm Ok")], "notice after 15, Attention", RollsBackWithin: 2..4),
        new("one failure in a deployment", new() { Calls = One, DeploymentStarts = At(Start - 1), Errors = From(Start + 1, Start + 2, 1), Cause = "InternalError" }, [("ListObjectsFailuresAlarm", "Ok")]),
        new("S3 throttles in a deployment", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 5, 60), Cause = "S3Throttled" }, [("ListObjectsFailuresAlarm", "Ok")]),
        new("a deployment with some errors", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 4, 30) }, [("Deploying", "Ok Alarm Ok"), ("ErrorRate", "Ok Alarm Ok")], RollsBackWithin: 2..4),
        new("a deployment that breaks the service", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, 999, 100) }, [("Deploying", "Ok Alarm Ok"), ("ServiceFailing", "Ok Alarm")], "page after 15, ServiceFailing; notice after 15, Attention", RollsBackWithin: 2..4),
        new("a deployment, and an outage long after", new() { Calls = Steady, DeploymentStarts = At(Start - 18), Errors = From(Start, 999, 100) }, [("Deploying", "Ok Alarm Ok")], "page after 2, ServiceFailing; notice after 4, Attention", RollsBackWithin: 2..4),
    ];

    /// <summary>Differences from what must happen.</summary>
    public IEnumerable<string> Faults(TemplateSet set)
    {
        var simulation = Simulation.Run(set, Minutes, Traffic.At);
        foreach (var (alarm, states) in States.Where(state => simulation.Sequence(state.Alarm) != state.States))
        {
            yield return $"{Name}: {alarm} is {simulation.Sequence(alarm)}, not {states}";
        }

        var first = simulation.Sent.GroupBy(message => message.Topic)
            .Select(topic => $"{(topic.Key == "Pages" ? "page" : "notice")} after {topic.First().Minute - Start}, {topic.First().Alarm}");
        var sent = string.Join("; ", first.DefaultIfEmpty("nothing"));
        if (sent != Sends)
        {
            yield return $"{Name}: sends {sent}, not {Sends}";
        }

        var back = simulation.RollsBack - Start;
        if (RollsBackWithin is { } range ? !(back >= range.Start.Value && back <= range.End.Value) : back is not null)
        {
            yield return $"{Name}: a deployment rolls back after {back?.ToString(CultureInfo.InvariantCulture) ?? "never"}, not {RollsBackWithin?.ToString() ?? "never"}";
        }
    }

    private static int Steady(int minute) => 100;

    private static int One(int minute) => 1;

    private static Func<int, int> Every(int minutes) => minute => minute % minutes == 0 ? 1 : 0;

    private static Func<int, bool> At(int minute) => at => at == minute;

    private static Func<int, int> From(int start, int end, int value) => minute => minute >= start && minute < end ? value : 0;
}
