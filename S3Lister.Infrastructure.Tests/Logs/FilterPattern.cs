using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Expressions;

namespace S3Lister.Infrastructure.Tests.Logs;

/// <summary>
/// CloudWatch's filter patterns for JSON: <c>{ ($.a = "x*") &amp;&amp; ($.b >= 1) }</c>. A text never equals a number, and a
/// field that is missing matches nothing.
/// </summary>
internal sealed class FilterPattern
{
    private static readonly string[][] Levels = [["||"], ["&&"], ["=", "!=", ">=", "<=", ">", "<"]];

    private readonly Expression _expression;

    public FilterPattern(string text)
    {
        _expression = text.Trim() is ['{', .. var inner, '}'] ? Expression.Parse(inner, Levels) : throw new FormatException($"'{text}' is not in braces.");
        Evaluate(_expression, null);
    }

    /// <summary>Why a pattern does not parse; null if it does.</summary>
    public static string? Fault(string text)
    {
        try
        {
            _ = new FilterPattern(text);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    public bool Matches(string line) => line.StartsWith('{') && Evaluate(_expression, JsonNode.Parse(line));

    private static bool Evaluate(Expression expression, JsonNode? line) => expression switch
    {
        Binary { Operator: "OR" } or => Evaluate(or.Left, line) | Evaluate(or.Right, line),
        Binary { Operator: "AND" } and => Evaluate(and.Left, line) & Evaluate(and.Right, line),
        Binary { Left: Name { Id: ['$', '.', .. var path] }, Right: Text or Number } comparison =>
            Compare(path.Split('.').Aggregate(line, (node, name) => (node as JsonObject)?[name]), comparison.Operator, comparison.Right),
        _ => throw new FormatException($"{expression} does not compare a field with a value."),
    };

    private static bool Compare(JsonNode? value, string order, Expression operand) => order switch
    {
        "=" => Equal(value, operand),
        "!=" => value is not null && !Equal(value, operand),
        _ when operand is Number bound => value is JsonValue scalar && scalar.TryGetValue(out double number) && order switch
        {
            ">" => number > bound.Value,
            ">=" => number >= bound.Value,
            "<" => number < bound.Value,
            _ => number <= bound.Value,
        },
        _ => throw new FormatException($"{operand} is not a number."),
    };

    private static bool Equal(JsonNode? value, Expression operand) => value is JsonValue scalar && (operand is Text pattern
        ? scalar.TryGetValue(out string? text) && Regex.IsMatch(text, $"^{Regex.Escape(pattern.Value).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline)
        : scalar.TryGetValue(out double number) && number == ((Number)operand).Value);
}
