using System.Text.RegularExpressions;

namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>The rule of a composite alarm: states of alarms, AND, OR, NOT and parentheses.</summary>
internal sealed partial class CompositeRule
{
    private readonly string[] _tokens;
    private int _next;
    private Func<string, AlarmState> _states = static _ => AlarmState.Ok;

    public CompositeRule(string text)
    {
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (string.Concat(_tokens).Length != text.Count(character => !char.IsWhiteSpace(character)))
        {
            throw new FormatException($"'{text}' has what means nothing.");
        }
    }

    /// <summary>The alarms that it names.</summary>
    public IEnumerable<string> Names => _tokens.Select(token => State().Match(token)).Where(match => match.Success).Select(match => match.Groups["name"].Value);

    public bool Holds(Func<string, AlarmState> states)
    {
        (_next, _states) = (0, states);
        var holds = Or();
        return _next == _tokens.Length ? holds : throw new FormatException($"'{_tokens[_next]}' was not expected.");
    }

    private bool Or()
    {
        var holds = And();
        while (Take("OR"))
        {
            holds |= And();
        }

        return holds;
    }

    private bool And()
    {
        var holds = Not();
        while (Take("AND"))
        {
            holds &= Not();
        }

        return holds;
    }

    private bool Not() => Take("NOT") ? !Not() : Primary();

    private bool Primary()
    {
        if (Take("("))
        {
            var holds = Or();
            return Take(")") ? holds : throw new FormatException("A parenthesis is not closed.");
        }

        var token = _next < _tokens.Length ? _tokens[_next++] : throw new FormatException("The rule ends too early.");
        return token switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ when State().Match(token) is { Success: true } match => _states(match.Groups["name"].Value) == match.Groups["state"].Value switch
            {
                "ALARM" => AlarmState.Alarm,
                "OK" => AlarmState.Ok,
                _ => AlarmState.InsufficientData,
            },
            _ => throw new FormatException($"'{token}' was not expected."),
        };
    }

    private bool Take(string token)
    {
        var taken = _next < _tokens.Length && _tokens[_next] == token;
        _next += taken ? 1 : 0;
        return taken;
    }

    [GeneratedRegex("""(?:ALARM|OK|INSUFFICIENT_DATA)\("[^"]+"\)|AND|OR|NOT|TRUE|FALSE|[()]""")]
    private static partial Regex Token();

    [GeneratedRegex("""^(?<state>ALARM|OK|INSUFFICIENT_DATA)\("(?<name>[^"]+)"\)$""")]
    private static partial Regex State();
}
