using System.Globalization;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>
/// The alarms of a template over made-up metrics, minute by minute: their states, and when composites notify.
/// Metrics arrive a minute late, so FILL always fills the newest minute.
/// </summary>
internal sealed class Simulation
{
    /// <summary>No notification counts until the windows of up to six hours are full.</summary>
    public const int WarmUp = 380;

    private const int Settling = 10;

    private readonly Dictionary<string, List<AlarmState>> _states = [];
    private readonly List<(int Minute, string Alarm, string Topic)> _sent = [];

    private Simulation()
    {
    }

    /// <summary>The minute in which CodeDeploy would roll back; null for never.</summary>
    public int? RollsBack { get; private set; }

    /// <summary>The notifications, with their minute and topic.</summary>
    public IReadOnlyList<(int Minute, string Alarm, string Topic)> Sent => _sent;

    /// <summary>The states without repetition, as in "Ok Alarm Ok".</summary>
    public string Sequence(string alarm) =>
        string.Join(' ', _states[alarm].Skip(Settling).Where((state, minute) => minute == 0 || state != _states[alarm][Settling + minute - 1]));

    public static Simulation Run(TemplateSet set, int minutes, Func<string, int, double?> values)
    {
        var resources = set.Rendered("AWS::CloudWatch::Alarm").Where(alarm => alarm.Template is TemplateSet.Observability or TemplateSet.Service).ToArray();
        var alarms = resources.Select(alarm => new MetricAlarm(alarm)).Where(alarm => !alarm.HasBand).ToArray();
        var rollback = resources.Where(alarm => alarm.Template == TemplateSet.Service).Select(alarm => alarm.Id).ToHashSet();
        var composites = set.Rendered("AWS::CloudWatch::CompositeAlarm").Select(composite => new Composite(composite)).ToArray();
        Simulation simulation = new();
        foreach (var id in alarms.Select(alarm => alarm.Id).Concat(composites.Select(composite => composite.Id)))
        {
            simulation._states[id] = [];
        }

        AlarmState Now(string id) => simulation._states.TryGetValue(id, out var states) && states.Count > 0 ? states[^1] : AlarmState.Ok;

        History history = new(minutes, values);
        for (var minute = WarmUp - Settling; minute < minutes; minute++)
        {
            history.Seen = minute - 1;
            foreach (var alarm in alarms)
            {
                simulation._states[alarm.Id].Add(alarm.Next(Now(alarm.Id), minute, history));
            }

            if (minute >= WarmUp && rollback.Any(alarm => Now(alarm) == AlarmState.Alarm))
            {
                simulation.RollsBack ??= minute;
            }

            foreach (var composite in composites)
            {
                simulation._states[composite.Id].Add(composite.Rule.Holds(Now) ? AlarmState.Alarm : AlarmState.Ok);
                if (composite.Notifies(minute, Now) && minute >= WarmUp)
                {
                    simulation._sent.Add((minute, composite.Id, composite.Topic));
                }
            }
        }

        return simulation;
    }

    /// <summary>
    /// It waits for its suppressor before it notifies, is silent while that is in alarm and for an extension after it, and then
    /// notifies if it still holds.
    /// </summary>
    private sealed class Composite(Resource resource)
    {
        private readonly string? _suppressor = ((string?)resource["ActionsSuppressor"])?.Split('.')[0];
        private readonly int _wait = Minutes(resource, "ActionsSuppressorWaitPeriod");
        private readonly int _extension = Minutes(resource, "ActionsSuppressorExtensionPeriod");
        private int _since = -1;
        private int _silentUntil = -1;
        private bool _notified;

        public string Id => resource.Id;

        public CompositeRule Rule { get; } = new((string)resource["AlarmRule"]!);

        public string Topic => resource["AlarmActions"].Items().Select(action => (string)action!).SingleOrDefault() ?? "";

        public bool Notifies(int minute, Func<string, AlarmState> now)
        {
            if (_suppressor is not null && now(_suppressor) == AlarmState.Alarm)
            {
                _silentUntil = minute + _extension;
            }

            if (now(Id) != AlarmState.Alarm)
            {
                (_since, _notified) = (-1, false);
                return false;
            }

            _since = _since < 0 ? minute : _since;
            if (_notified || minute < _since + _wait || minute <= _silentUntil)
            {
                return false;
            }

            return _notified = true;
        }

        private static int Minutes(Resource resource, string property) =>
            resource[property].Scalar() is { } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) / 60 : 0;
    }
}
