using System.Globalization;
using System.Text.RegularExpressions;

namespace S3Lister.Infrastructure.Tests.Expressions;

internal sealed partial class ExpressionParser
{
    private readonly string _text;
    private readonly string[][] _levels;
    private readonly List<string> _tokens;
    private int _next;

    public ExpressionParser(string text, string[][] levels)
    {
        (_text, _levels) = (text, levels);
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (_tokens.Sum(token => token.Count(character => character != ' ')) != text.Count(character => !char.IsWhiteSpace(character)))
        {
            throw new FormatException($"'{text}' has an unknown character.");
        }
    }

    private string? Current => _next < _tokens.Count ? _tokens[_next] : null;

    public Expression Parse()
    {
        var expression = Level(0);
        return Current is null ? expression : throw Unexpected();
    }

    private Expression Level(int level)
    {
        if (level == _levels.Length)
        {
            return Primary();
        }

        var left = Level(level + 1);
        while (Current is { } token && _levels[level].Contains(token))
        {
            _next++;
            left = new Binary(token switch { "&&" => "AND", "||" => "OR", _ => token }, left, Level(level + 1));
        }

        return left;
    }

    private Expression Primary()
    {
        var token = Current ?? throw Unexpected();
        _next++;
        switch (token)
        {
            case "(":
                var inner = Level(0);
                Expect(")");
                return inner;
            case "NOT":
                return new Call("NOT", [Primary()]);
            case "-":
                return new Binary("-", new Number(0), Primary());
            case ['"', ..]:
                return new Text(token[1..^1]);
        }

        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return new Number(number);
        }

        if (!char.IsLetter(token[0]) && token[0] != '$')
        {
            throw Unexpected();
        }

        if (Current != "(")
        {
            return new Name(token);
        }

        _next++;
        return new Call(token, Arguments());
    }

    private List<Expression> Arguments()
    {
        List<Expression> items = [];
        while (Current != ")")
        {
            if (items.Count > 0)
            {
                Expect(",");
            }

            items.Add(Level(0));
        }

        _next++;
        return items;
    }

    private void Expect(string token)
    {
        if (Current != token)
        {
            throw Unexpected();
        }

        _next++;
    }

    private FormatException Unexpected() => new($"'{Current ?? "the end"}' was not expected in '{_text}'.");

    [GeneratedRegex("""\$\.[\w.-]+|[A-Za-z][A-Za-z0-9_]*|[0-9]+(\.[0-9]+)?|"[^"]*"|==|!=|<=|>=|&&|\|\||[-+*/^<>=(),]""")]
    private static partial Regex Token();
}
