using System.Text;

namespace S3Lister.Listing.Filters;

/// <summary>
/// Parses a glob. What another dialect (rclone, gitignore, bash, POSIX, Python) gives a meaning that this one has not is
/// refused, unless it is likely to be meant literally, as are the parentheses of <c>photo (1).jpg</c>.
/// </summary>
internal sealed class GlobParser
{
    /// <summary>Deeper than a person nests alternatives.</summary>
    private const int MaxBraceDepth = 8;

    private readonly GlobReader _reader;
    private readonly GlobBuilder _builder = new();
    private bool _inParentheses;

    private GlobParser(GlobReader reader) => _reader = reader;

    public static Glob Parse(string pattern)
    {
        if (pattern.Length == 0)
        {
            throw new FormatException("must not be empty");
        }

        if (Encoding.UTF8.GetByteCount(pattern) > Glob.MaxPatternLength)
        {
            throw new FormatException($"must be at most {Glob.MaxPatternLength} bytes of UTF-8");
        }

        GlobReader reader = new(pattern);
        if (reader.IsNext('!'))
        {
            throw new FormatException(@"must not begin with !, which does not negate it: use the other one of include and exclude, or \! for the character");
        }

        GlobParser parser = new(reader);
        var whole = parser.Sequence(depth: 0);
        return new(pattern, parser._builder.Build(whole(GlobBuilder.End)));
    }

    /// <summary>Reads items up to the end or, inside braces, to a comma or the closing brace.</summary>
    /// <param name="depth">How many braces are open.</param>
    /// <returns>What builds the sequence, given what follows it.</returns>
    private Func<GlobNext, GlobNext> Sequence(int depth)
    {
        List<Func<GlobNext, GlobNext>> items = [];
        while (!_reader.IsAtEnd && !(depth > 0 && (_reader.IsNext(',') || _reader.IsNext('}'))))
        {
            items.Add(Item(depth));
        }

        return next =>
        {
            for (var i = items.Count - 1; i >= 0; i--)
            {
                next = items[i](next);
            }

            return next;
        };
    }

    private Func<GlobNext, GlobNext> Item(int depth)
    {
        var character = _reader.Read();
        switch (character)
        {
            case '*':
                return Stars();
            case '?':
                return One(GlobCharacters.AnyButSlash);
            case '[':
                return One(GlobClassParser.Parse(_reader));
            case '{':
                return Alternatives(depth + 1);
            case '\\':
                return One(GlobCharacters.One(_reader.ReadEscaped()));
            default:
                RefuseParentheses(character);
                return One(GlobCharacters.One(character));
        }
    }

    private Func<GlobNext, GlobNext> One(GlobCharacters characters) => next => _builder.One(characters, next);

    private Func<GlobNext, GlobNext> Stars()
    {
        if (!_reader.Take('*'))
        {
            return next => _builder.Run(GlobCharacters.AnyButSlash, next);
        }

        if (_reader.IsNext('*'))
        {
            throw new FormatException("must not have more than two * in a row");
        }

        return _reader.Take('/') ? _builder.Folders : next => _builder.Run(GlobCharacters.Any, next);
    }

    private Func<GlobNext, GlobNext> Alternatives(int depth)
    {
        if (depth > MaxBraceDepth)
        {
            throw new FormatException($"must not nest braces deeper than {MaxBraceDepth}");
        }

        List<Func<GlobNext, GlobNext>> alternatives = [Sequence(depth)];
        while (_reader.Take(','))
        {
            alternatives.Add(Sequence(depth));
        }

        if (!_reader.Take('}'))
        {
            throw new FormatException("must close each { with a }");
        }

        return alternatives.Count > 1
            ? next => alternatives.Select(alternative => alternative(next)).Aggregate((left, right) => left | right)
            : throw new FormatException(
                @"must have two or more alternatives in each { }, such as {a,b}: it cannot be a range such as {1..3} or a regular expression such as {{[0-9]+}}, and a brace itself is \{");
    }

    /// <summary>bash's <c>!(a)</c>, <c>@(a|b)</c> and <c>+(a)</c>, and <c>(a|b)</c> of zsh and of regular expressions.</summary>
    private void RefuseParentheses(int character)
    {
        if ((character is '!' or '@' or '+' && _reader.IsNext('(')) || (character == '|' && _inParentheses))
        {
            throw new FormatException(@"must not have ( ) after !, @ or +, or with | inside: write {a,b} for alternatives, \( for a parenthesis");
        }

        _inParentheses = character == '(' || (_inParentheses && character != ')');
    }
}
