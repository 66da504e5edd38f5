using System.Text;

namespace S3Lister.Listing.Filters;

/// <summary>
/// Parses a glob. Syntax of other dialects (rclone, gitignore, bash, POSIX, Python) that this one does not support is
/// rejected, unless it is probably meant literally, like the parentheses of <c>photo (1).jpg</c>.
/// </summary>
internal sealed class GlobParser
{
    /// <summary>Deeper than anyone nests alternatives by hand.</summary>
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
        var sequence = parser.ParseSequence(depth: 0);
        return new(pattern, parser._builder.Build(sequence(GlobBuilder.End)));
    }

    /// <summary>Reads up to the end or, inside braces, to a comma or the closing brace.</summary>
    /// <param name="depth">The number of open braces.</param>
    /// <returns>A function that builds the sequence, given what follows it.</returns>
    private Func<GlobNext, GlobNext> ParseSequence(int depth)
    {
        List<Func<GlobNext, GlobNext>> items = [];
        while (!_reader.IsAtEnd && !(depth > 0 && (_reader.IsNext(',') || _reader.IsNext('}'))))
        {
            items.Add(ParseItem(depth));
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

    private Func<GlobNext, GlobNext> ParseItem(int depth)
    {
        var character = _reader.Read();
        switch (character)
        {
            case '*':
                return ParseStars();
            case '?':
                return One(GlobCharacters.AnyButSlash);
            case '[':
                return One(GlobClassParser.Parse(_reader));
            case '{':
                return ParseAlternatives(depth + 1);
            case '\\':
                return One(GlobCharacters.One(_reader.ReadEscaped()));
            default:
                RejectExtendedGlob(character);
                return One(GlobCharacters.One(character));
        }
    }

    private Func<GlobNext, GlobNext> One(GlobCharacters characters) => next => _builder.One(characters, next);

    private Func<GlobNext, GlobNext> ParseStars()
    {
        if (!_reader.TryRead('*'))
        {
            return next => _builder.Run(GlobCharacters.AnyButSlash, next);
        }

        if (_reader.IsNext('*'))
        {
            throw new FormatException("must not have more than two * in a row");
        }

        return _reader.TryRead('/') ? _builder.Folders : next => _builder.Run(GlobCharacters.Any, next);
    }

    private Func<GlobNext, GlobNext> ParseAlternatives(int depth)
    {
        if (depth > MaxBraceDepth)
        {
            throw new FormatException($"must not nest braces deeper than {MaxBraceDepth}");
        }

        List<Func<GlobNext, GlobNext>> alternatives = [ParseSequence(depth)];
        while (_reader.TryRead(','))
        {
            alternatives.Add(ParseSequence(depth));
        }

        if (!_reader.TryRead('}'))
        {
            throw new FormatException("must close each { with a }");
        }

        return alternatives.Count > 1
            ? next => alternatives.Select(alternative => alternative(next)).Aggregate((left, right) => left | right)
            : throw new FormatException(
                @"must have two or more alternatives in each { }, such as {a,b}: it cannot be a range such as {1..3} or a regular expression such as {{[0-9]+}}, and a brace itself is \{");
    }

    /// <summary>
    /// Rejects <c>!(a)</c>, <c>@(a|b)</c> and <c>+(a)</c> of bash, and <c>(a|b)</c> of zsh and of regular expressions.
    /// </summary>
    private void RejectExtendedGlob(int character)
    {
        if ((character is '!' or '@' or '+' && _reader.IsNext('(')) || (character == '|' && _inParentheses))
        {
            throw new FormatException(@"must not have ( ) after !, @ or +, or with | inside: write {a,b} for alternatives, \( for a parenthesis");
        }

        _inParentheses = character == '(' || (_inParentheses && character != ')');
    }
}
