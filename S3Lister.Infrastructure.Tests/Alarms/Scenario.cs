using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>What happens from minute <see cref="Start"/> on, and what must come of it.</summary>
/// <param name="States">Alarms with the sequence of states that each must go through.</param>
/// <param name="PagesWithin">The minutes from the start within which the first page comes; null for no page at all.</param>
/// <param name="Silent">Whether not even a notice may be sent.</param>
/// <param name="RollsBackWithin">The minutes from the start within which a deployment would go back; null for no rollback at all.</param>
internal sealed record Scenario(
    string Name, Traffic Traffic, (string Alarm, string States)[] States, Range? PagesWithin = null, bool Silent = false, Range? RollsBackWithin = null)
{
    public const int Start = 400;

    private const int Minutes = 470;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("no more calls", new() { Calls = From(0, Start, 100) }, [("ErrorRate", "Ok"), ("LatencyP99", "Ok"), ("NoTraffic", "Ok Alarm")], 29..33),
        new("steady calls without an error", new() { Calls = Steady }, [("ErrorRate", "Ok"), ("NoTraffic", "Ok"), ("AvailabilityBurn1h", "Ok")], Silent: true),
        new("a single error in a quiet hour", new() { Calls = Every(20), Errors = From(Start, Start + 1, 1) }, [("ErrorRate", "Ok"), ("FewCallsFail", "Ok"), ("AvailabilityBurn1h", "Ok")], Silent: true),
        new("sparse calls, one in four fails", new() { Calls = Every(5), Errors = Every(20) }, [("ErrorRate", "Ok"), ("FewCallsFail", "Ok")], Silent: true),
        new("a burst of errors in one minute of many calls", new() { Calls = Steady, Errors = From(Start, Start + 1, 20) }, [("ErrorRate", "Ok"), ("AvailabilityBurn1h", "Ok")], Silent: true),
        new("one slow minute", new() { Calls = Steady, P99 = minute => minute == Start ? 5000 : 40, Slow = From(Start, Start + 1, 5) }, [("LatencyP99", "Ok"), ("LatencyBurn1h", "Ok")], Silent: true),
        new("an outage", new() { Calls = Steady, Errors = From(Start, 999, 100) }, [("ErrorRate", "Ok Alarm"), ("FewCallsFail", "Ok Alarm"), ("S3Failed", "Ok Alarm"), ("ServiceFailing", "Ok Alarm")], 1..5, RollsBackWithin: 2..4),
        new("an outage of ten minutes", new() { Calls = Steady, Errors = From(Start, Start + 10, 100) }, [("ErrorRate", "Ok Alarm Ok"), ("AvailabilityBurn5m", "Ok Alarm Ok"), ("ServiceFailing", "Ok Alarm Ok")], 1..5, RollsBackWithin: 2..4),
        new("an outage that few callers see", new() { Calls = One, Errors = From(Start, 999, 1) }, [("ErrorRate", "Ok"), ("FewCallsFail", "Ok Alarm")], 5..8, RollsBackWithin: 2..4),
        new("a tenth of the calls fails", new() { Calls = Steady, Errors = From(Start, 999, 10) }, [("ErrorRate", "Ok Alarm"), ("FewCallsFail", "Ok")], 2..5, RollsBackWithin: 2..4),
        new("errors below the rate that spend the budget", new() { Calls = static _ => 200, Errors = From(Start, 999, 8) }, [("ErrorRate", "Ok"), ("AvailabilityBurn1h", "Ok Alarm"), ("AvailabilityBurn5m", "Ok Alarm")], 10..60),
        new("S3 denies the role", new() { Calls = Steady, Errors = From(Start, 999, 100), Cause = "S3AccessDenied" }, [("S3AccessDenied", "Ok Alarm"), ("S3Failed", "Ok"), ("Attention", "Ok Alarm")], 1..5, RollsBackWithin: 2..4),
        new("S3 slows down", new() { Calls = Steady, Errors = From(Start, 999, 6), Cause = "S3Throttled" }, [("S3Throttled", "Ok Alarm"), ("S3AccessDenied", "Ok"), ("ErrorRate", "Ok"), ("Unavailable", "Ok Alarm")], 13..17),
        new("S3 slows down for five minutes", new() { Calls = Steady, Errors = From(Start, Start + 5, 60), Cause = "S3Throttled" }, [("S3Throttled", "Ok Alarm Ok"), ("Unavailable", "Ok"), ("AvailabilityBurn1h", "Ok")]),
        new("S3 cannot be reached", new() { Calls = Steady, Errors = From(Start, 999, 100), Cause = "S3Unavailable" }, [("S3Unavailable", "Ok Alarm"), ("S3Failed", "Ok"), ("ErrorRate", "Ok"), ("Unavailable", "Ok Alarm")], 10..17),
        new("S3 cannot be reached for five minutes", new() { Calls = Steady, Errors = From(Start, Start + 5, 100), Cause = "S3Unavailable" }, [("Unavailable", "Ok"), ("FewCallsFail", "Ok"), ("ServiceFailing", "Ok")]),
        new("S3 cannot be reached, where calls are few", new() { Calls = One, Errors = From(Start, 999, 1), Cause = "S3Unavailable" }, [("FewCallsFail", "Ok"), ("Unavailable", "Ok Alarm")], 10..17),
        new("S3 cannot be reached in a deployment", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 5, 100), Cause = "S3Unavailable" }, [("ListObjectsFailuresAlarm", "Ok")], Silent: true),
        new("all callers are refused", new() { Calls = Steady, Refused = From(Start, 999, 100) }, [("CallersRefused", "Ok Alarm"), ("ErrorRate", "Ok"), ("DeniedCalls", "Ok Alarm")], 13..17),
        new("half of the callers are refused", new() { Calls = Steady, Refused = From(Start, 999, 50) }, [("CallersRefused", "Ok"), ("DeniedCalls", "Ok Alarm")]),
        new("all calls are throttled", new() { Calls = Steady, TooMany = From(Start, 999, 100) }, [("CallersRefused", "Ok Alarm"), ("ThrottledCalls", "Ok Alarm")], 13..17),
        new("a quiet night", new() { Calls = Every(9), Refused = Every(27) }, [("CallersRefused", "Ok"), ("FewCallsFail", "Ok"), ("NoTraffic", "Ok")], Silent: true),
        new("a quiet night, and somebody scans for two minutes", new() { Calls = minute => minute is >= Start and < Start + 2 ? 20 : Every(9)(minute), Refused = From(Start, Start + 2, 20) }, [("CallersRefused", "Ok"), ("DeniedCalls", "Ok"), ("ClientErrors", "Ok")], Silent: true),
        new("nobody calls, and nobody would get in", new() { Calls = Every(9), Probe = minute => minute >= Start ? 1 : 0 }, [("ProbeFailing", "Ok Alarm"), ("CallersRefused", "Ok")], 3..7),
        new("the signed call is made no more", new() { Calls = Every(9), Probe = minute => minute >= Start ? null : 0 }, [("ProbeFailing", "Ok Alarm")], 3..7),
        new("two signed calls fail", new() { Calls = Every(9), Probe = minute => minute is >= Start and < Start + 2 ? 1 : 0 }, [("ProbeFailing", "Ok")], Silent: true),
        new("callers with a token get errors", new() { Calls = Steady, Errors = From(Start, 999, 100), Through = "tokens456" }, [("ErrorRate", "Ok"), ("TokenErrorRate", "Ok Alarm"), ("RestErrorRate", "Ok")], 1..5, RollsBackWithin: 2..4),
        new("all callers with a token are refused", new() { Calls = Steady, Refused = From(Start, 999, 100), Through = "tokens456" }, [("CallersRefused", "Ok"), ("TokenCallersRefused", "Ok Alarm")], 13..17),
        new("callers of the REST API get errors", new() { Calls = Steady, Errors = From(Start, 999, 100), Through = "s3lister-edge" }, [("TokenErrorRate", "Ok"), ("RestErrorRate", "Ok Alarm"), ("RestFewCallsFail", "Ok Alarm")], 1..5, RollsBackWithin: 2..4),
        new("S3 cannot be reached, and all callers use the REST API", new() { Calls = Steady, Errors = From(Start, 999, 100), Cause = "S3Unavailable", Through = "s3lister-edge" }, [("RestErrorRate", "Ok"), ("RestUnavailable", "Ok Alarm")], 10..17),
        new("slow answers", new() { Calls = Steady, P99 = static minute => minute >= Start ? 3000 : 40, Slow = From(Start, 999, 30) }, [("LatencyP99", "Ok Alarm"), ("LatencyBurn1h", "Ok Alarm"), ("ServiceSlow", "Ok Alarm"), ("ServiceFailing", "Ok")], 1..5),
        new("a few slow answers where calls are few", new() { Calls = One, P99 = static minute => minute is >= Start and < Start + 4 ? 3000 : 40, Slow = From(Start, Start + 4, 1) }, [("LatencyP99", "Ok")], Silent: true),
        new("Lambda has no room", new() { Calls = Steady, Throttles = From(Start, 999, 50) }, [("FunctionThrottles", "Ok Alarm"), ("ServiceSaturated", "Ok Alarm")], 3..5, RollsBackWithin: 2..4),
        new("somebody tries prefixes", new() { Calls = Steady, Refused = From(Start, 999, 10) }, [("GrantRefusals", "Ok Alarm"), ("DeniedCalls", "Ok Alarm"), ("Attention", "Ok Alarm")]),
        new("a new version responds 500 to its tenth of the calls", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 4, 10), Cause = "InternalError" }, [("ListObjectsFailuresAlarm", "Ok Alarm Ok"), ("ListObjectsErrorsAlarm", "Ok")], RollsBackWithin: 2..4),
        new("a new version responds 500 where calls are few", new() { Calls = One, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 4, 1), Cause = "InternalError" }, [("ListObjectsFailuresAlarm", "Ok Alarm Ok")], RollsBackWithin: 2..4),
        new("one failure in a deployment", new() { Calls = One, DeploymentStarts = At(Start - 1), Errors = From(Start + 1, Start + 2, 1), Cause = "InternalError" }, [("ListObjectsFailuresAlarm", "Ok")], Silent: true),
        new("S3 slows down in a deployment", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 5, 60), Cause = "S3Throttled" }, [("ListObjectsFailuresAlarm", "Ok")], Silent: true),
        new("a deployment with some errors", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, Start + 4, 30) }, [("Deploying", "Ok Alarm Ok"), ("ErrorRate", "Ok Alarm Ok")], Silent: true, RollsBackWithin: 2..4),
        new("a deployment that breaks the service", new() { Calls = Steady, DeploymentStarts = At(Start - 1), Errors = From(Start, 999, 100) }, [("Deploying", "Ok Alarm Ok"), ("ServiceFailing", "Ok Alarm")], 14..18, RollsBackWithin: 2..4),
        new("a deployment, and an outage long after", new() { Calls = Steady, DeploymentStarts = At(Start - 18), Errors = From(Start, 999, 100) }, [("Deploying", "Ok Alarm Ok")], 1..5, RollsBackWithin: 2..4),
    ];

    public Simulation Run(TemplateSet set) => Simulation.Run(set, Minutes, Traffic.At);

    /// <summary>What did not come as it must.</summary>
    public IEnumerable<string> Faults(TemplateSet set)
    {
        var simulation = Run(set);
        foreach (var (alarm, states) in States.Where(state => simulation.Sequence(state.Alarm) != state.States))
        {
            yield return $"{Name}: {alarm} is {simulation.Sequence(alarm)}, not {states}";
        }

        if (Silent && simulation.Sent.Count > 0)
        {
            yield return $"{Name}: {string.Join(", ", simulation.Sent)}";
        }

        int? first = simulation.Pages.Any() ? simulation.Pages.First() - Start : null;
        if (!Is(first, PagesWithin))
        {
            yield return $"{Name}: sends {string.Join(", ", simulation.Sent)}, and must page {PagesWithin?.ToString() ?? "never"}";
        }

        if (!Is(simulation.RollsBack - Start, RollsBackWithin))
        {
            yield return $"{Name}: a deployment goes back in {simulation.RollsBack - Start}, and must {RollsBackWithin?.ToString() ?? "never"}";
        }
    }

    private static bool Is(int? minute, Range? expected) =>
        expected is { } range ? minute >= range.Start.Value && minute <= range.End.Value : minute is null;

    private static int Steady(int minute) => 100;

    private static int One(int minute) => 1;

    private static Func<int, int> Every(int minutes) => minute => minute % minutes == 0 ? 1 : 0;

    private static Func<int, bool> At(int minute) => at => at == minute;

    private static Func<int, int> From(int start, int end, int value) => minute => minute >= start && minute < end ? value : 0;
}
