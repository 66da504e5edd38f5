using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace S3Lister.Infrastructure.Tests.Logs;

/// <summary>
/// CloudWatch's filter patterns: of JSON, <c>{ ($.a = "x*") &amp;&amp; ($.b >= 1) }</c>, or terms of a text: all of those without
/// a question mark, any of those with one, none of those after a minus. A text is never equal to a number.
/// </summary>
internal sealed partial class FilterPattern
{
    private readonly string[] _tokens;
    private readonly bool _isJson;
    private int _next;
    private JsonNode? _line;

    public FilterPattern(string text)
    {
        text = text.Trim();
        _isJson = text.StartsWith('{');
        if (!_isJson)
        {
            _tokens = [.. Term().Matches(text).Select(match => match.Value)];
            return;
        }

        var inner = text.EndsWith('}') ? text[1..^1] : throw new FormatException($"'{text}' is not closed.");
        _tokens = [.. Token().Matches(inner).Select(match => match.Value)];
        if (string.Concat(_tokens).Count(character => character != ' ') != inner.Count(character => character != ' '))
        {
            throw new FormatException($"'{text}' has what means nothing.");
        }

        Evaluate(null);
    }

    /// <summary>The fields that it asks for.</summary>
    public IEnumerable<string> Fields => _isJson ? _tokens.Where(token => token.StartsWith("$.", StringComparison.Ordinal)).Select(token => token[2..]) : [];

    public bool Matches(string line)
    {
        if (_isJson)
        {
            return line.StartsWith('{') && Evaluate(JsonNode.Parse(line));
        }

        bool Has(string term) => line.Contains(term.Trim('"'), StringComparison.Ordinal);
        var any = _tokens.Where(term => term[0] == '?').ToArray();
        return _tokens.Where(term => term[0] is not ('?' or '-')).All(Has)
            && !_tokens.Any(term => term[0] == '-' && Has(term[1..]))
            && (any.Length == 0 || any.Any(term => Has(term[1..])));
    }

    private bool Evaluate(JsonNode? line)
    {
        (_next, _line) = (0, line);
        var matches = Or();
        return _next == _tokens.Length ? matches : throw new FormatException($"'{_tokens[_next]}' was not expected.");
    }

    private bool Or()
    {
        var holds = And();
        while (Take("||"))
        {
            holds |= And();
        }

        return holds;
    }

    private bool And()
    {
        var holds = Condition();
        while (Take("&&"))
        {
            holds &= Condition();
        }

        return holds;
    }

    private bool Condition()
    {
        if (Take("("))
        {
            var holds = Or();
            return Take(")") ? holds : throw new FormatException("A parenthesis is not closed.");
        }

        var field = Next();
        if (!field.StartsWith("$.", StringComparison.Ordinal))
        {
            throw new FormatException($"'{field}' is no field.");
        }

        var value = field[2..].Split('.').Aggregate(_line, (node, name) => (node as JsonObject)?[name]);
        return Next() switch
        {
            "NOT" when Take("EXISTS") => value is null,
            "IS" when Take("NULL") => value is null,
            "=" => Equal(value, Next()),
            "!=" => Next() is var operand && value is not null && !Equal(value, operand),
            var order and (">" or ">=" or "<" or "<=") => Compare(value, order, Next()),
            var other => throw new FormatException($"'{other}' is no comparison."),
        };
    }

    private static bool Equal(JsonNode? value, string operand) => value is JsonValue scalar && (operand[0] == '"'
        ? scalar.TryGetValue(out string? text) && Regex.IsMatch(text, $"^{Regex.Escape(operand[1..^1]).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline)
        : scalar.TryGetValue(out double number) && number == Number(operand));

    private static bool Compare(JsonNode? value, string order, string operand)
    {
        var bound = Number(operand);
        return value is JsonValue scalar && scalar.TryGetValue(out double number) && order switch
        {
            ">" => number > bound,
            ">=" => number >= bound,
            "<" => number < bound,
            _ => number <= bound,
        };
    }

    private static double Number(string operand) => double.Parse(operand, CultureInfo.InvariantCulture);

    private string Next() => _next < _tokens.Length ? _tokens[_next++] : throw new FormatException("The pattern ends too early.");

    private bool Take(string token)
    {
        var taken = _next < _tokens.Length && _tokens[_next] == token;
        _next += taken ? 1 : 0;
        return taken;
    }

    [GeneratedRegex("""\$\.[\w.-]+|"[^"]*"|-?[0-9]+(\.[0-9]+)?|\|\||&&|!=|>=|<=|[=<>()]|[A-Z]+""")]
    private static partial Regex Token();

    [GeneratedRegex("""[?-]?("[^"]*"|[^\s"]+)""")]
    private static partial Regex Term();
}
