namespace S3Lister.Listing.Filters;

/// <summary>Parses a character class of a glob, such as <c>[a-z]</c>.</summary>
internal static class GlobClassParser
{
    /// <param name="reader">Positioned after the opening bracket.</param>
    public static GlobCharacters Parse(GlobReader reader)
    {
        var negated = reader.TryRead('!') || reader.TryRead('^');
        var startsWithColon = reader.IsNext(':');
        List<(int From, int To)> ranges = [];
        do
        {
            ranges.Add(ParseRange(reader));
        }
        while (!reader.IsNext(']'));

        // [:digit:], a common mistake for [[:digit:]], would otherwise match the characters of its name.
        if (startsWithColon && ranges is [_, .., (_, ':')])
        {
            throw PosixClassError();
        }

        reader.TryRead(']');

        // [!/] is accepted: in other dialects it means any character but a slash, and so it does here.
        return negated || !ranges.Exists(range => range.From == '/' || range.To == '/')
            ? new([.. ranges], negated)
            : throw new FormatException("must not have / in [ ], which never matches it");
    }

    private static (int From, int To) ParseRange(GlobReader reader)
    {
        var from = ParseCharacter(reader);
        var to = from;
        if (reader.IsNext('-') && !reader.IsNext(']', offset: 1))
        {
            reader.TryRead('-');
            to = ParseCharacter(reader);
        }

        return from <= to ? (from, to) : throw new FormatException("must have ranges in [ ] from the lower to the higher character");
    }

    private static int ParseCharacter(GlobReader reader)
    {
        if (reader.TryRead('\\'))
        {
            return reader.ReadEscaped();
        }

        if (reader.IsAtEnd)
        {
            throw new FormatException("must close each [ with a ]");
        }

        var character = reader.Read();
        return character == '[' && (reader.IsNext(':') || reader.IsNext('.') || reader.IsNext('=')) ? throw PosixClassError() : character;
    }

    private static FormatException PosixClassError() =>
        new(@"must not have a POSIX class such as [:digit:]: write its characters, such as [0-9], or \[ for a bracket");
}
