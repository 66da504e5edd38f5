using System.Text;

namespace S3Lister.Functions.Listing;

/// <summary>Builds a glob's automaton from the back, so that each state knows the one after it.</summary>
internal sealed class GlobParser
{
    /// <summary>Deeper than a person nests alternatives.</summary>
    private const int DeepestBraces = 8;

    private readonly Rune[] _pattern;
    private readonly List<GlobState> _states = [];
    private int _at;

    private GlobParser(string pattern) => _pattern = [.. pattern.EnumerateRunes()];

    public static Glob Parse(string pattern)
    {
        if (pattern.Length == 0)
        {
            throw new FormatException("must not be empty");
        }

        if (Encoding.UTF8.GetByteCount(pattern) > Glob.LongestPattern)
        {
            throw new FormatException($"must be at most {Glob.LongestPattern} bytes of UTF-8");
        }

        GlobParser parser = new(pattern);
        var tree = parser.Sequence(depth: 0, beginsSegment: true);
        parser._states.Add(default); // The start: filled in when it is known.
        var end = parser.Add(new(GlobKind.End));
        var start = tree(end);
        parser._states[0] = new(GlobKind.Split, start, start);
        return new(pattern, [.. parser._states]);
    }

    private int Add(GlobState state)
    {
        _states.Add(state);
        return _states.Count - 1;
    }

    /// <summary>Reads items up to the end or, inside braces, to a comma or the closing brace.</summary>
    /// <param name="depth">Braces around it.</param>
    /// <param name="beginsSegment">Whether what is before it ends in a slash, or is nothing.</param>
    /// <returns>What makes the states of the sequence, given the state after it, and says where it begins.</returns>
    private Func<int, int> Sequence(int depth, bool beginsSegment)
    {
        List<Func<int, int>> items = [];
        while (_at < _pattern.Length && !(depth > 0 && _pattern[_at].Value is ',' or '}'))
        {
            items.Add(Item(depth, beginsSegment));
            beginsSegment = _pattern[_at - 1].Value == '/';
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

    private Func<int, int> Item(int depth, bool beginsSegment)
    {
        var rune = _pattern[_at++];
        switch (rune.Value)
        {
            case '*' when Take('*'):
                // Only a "**" that begins a segment and is all of it stands for folders.
                return beginsSegment && Take('/') ? Folders : next => Loop(GlobKind.Any, next);
            case '*':
                return next => Loop(GlobKind.NoSlash, next);
            case '?':
                return next => Add(new(GlobKind.NoSlash, next));
            case '[':
                return Class();
            case '{':
                return Alternatives(depth + 1, beginsSegment);
            case '\\':
                var literal = _at < _pattern.Length ? _pattern[_at++] : throw new FormatException("must not end in a backslash");
                return next => Add(new(GlobKind.Literal, next, Literal: literal));
            default:
                return next => Add(new(GlobKind.Literal, next, Literal: rune));
        }
    }

    private int Loop(GlobKind kind, int next)
    {
        var split = Add(default);
        var body = Add(new(kind, split));
        _states[split] = new(GlobKind.Split, body, next);
        return split;
    }

    /// <summary>Nothing, or anything that ends in a slash.</summary>
    private int Folders(int next)
    {
        var slash = Add(new(GlobKind.Literal, next, Literal: new('/')));
        return Add(new(GlobKind.Split, Loop(GlobKind.Any, slash), next));
    }

    private Func<int, int> Alternatives(int depth, bool beginsSegment)
    {
        if (depth > DeepestBraces)
        {
            throw new FormatException($"must not nest braces deeper than {DeepestBraces}");
        }

        List<Func<int, int>> alternatives = [Sequence(depth, beginsSegment)];
        while (Take(','))
        {
            alternatives.Add(Sequence(depth, beginsSegment));
        }

        if (!Take('}'))
        {
            throw new FormatException("must close each { with a }");
        }

        return next =>
        {
            var first = alternatives[^1](next);
            for (var i = alternatives.Count - 2; i >= 0; i--)
            {
                first = Add(new(GlobKind.Split, alternatives[i](next), first));
            }

            return first;
        };
    }

    private Func<int, int> Class()
    {
        var negated = Take('!') || Take('^');
        List<(Rune, Rune)> ranges = [];
        do
        {
            var from = ClassMember();
            var to = from;
            if (_at + 1 < _pattern.Length && _pattern[_at].Value == '-' && _pattern[_at + 1].Value != ']')
            {
                _at++;
                to = ClassMember();
            }

            ranges.Add(from <= to ? (from, to) : throw new FormatException("must have ranges in [ ] from the lower to the higher character"));
        }
        while (!Take(']'));

        var members = ranges.ToArray();
        return next => Add(new(GlobKind.Class, next, Class: members, Negated: negated));
    }

    private Rune ClassMember()
    {
        Take('\\');
        return _at < _pattern.Length ? _pattern[_at++] : throw new FormatException("must close each [ with a ]");
    }

    private bool Take(char character)
    {
        if (_at < _pattern.Length && _pattern[_at].Value == character)
        {
            _at++;
            return true;
        }

        return false;
    }
}
