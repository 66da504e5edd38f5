using S3Lister.Infrastructure.Tests.Expressions;

namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>The rule of a composite alarm: states of alarms, AND, OR, NOT and parentheses.</summary>
internal sealed class CompositeRule(string text)
{
    private readonly Expression _expression = Expression.Parse(text, [["OR"], ["AND"]]);

    /// <summary>The alarms in it.</summary>
    public IEnumerable<string> Names => _expression.Calls.SelectMany(call => call.Arguments).OfType<Text>().Select(alarm => alarm.Value);

    public bool Holds(Func<string, AlarmState> states) => Holds(_expression, states);

    private static bool Holds(Expression expression, Func<string, AlarmState> states) => expression switch
    {
        Binary { Operator: "OR" } or => Holds(or.Left, states) | Holds(or.Right, states),
        Binary { Operator: "AND" } and => Holds(and.Left, states) & Holds(and.Right, states),
        Call { Function: "NOT" } not => !Holds(not.Arguments[0], states),
        Call { Arguments: [Text alarm] } call => states(alarm.Value) == call.Function switch
        {
            "ALARM" => AlarmState.Alarm,
            "OK" => AlarmState.Ok,
            "INSUFFICIENT_DATA" => AlarmState.InsufficientData,
            var state => throw new FormatException($"{state} is not a state."),
        },
        Name { Id: "TRUE" } => true,
        Name { Id: "FALSE" } => false,
        _ => throw new FormatException($"{expression} is not a state of an alarm."),
    };
}
