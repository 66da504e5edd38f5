namespace S3Lister.Listing.Filters;

/// <summary>Parses the <c>[a-z]</c> of a glob.</summary>
internal static class GlobClassParser
{
    /// <param name="reader">After the opening bracket.</param>
    public static GlobCharacters Parse(GlobReader reader)
    {
        var negated = reader.Take('!') || reader.Take('^');
        var startsWithColon = reader.IsNext(':');
        List<(int From, int To)> ranges = [];
        do
        {
            ranges.Add(Range(reader));
        }
        while (!reader.IsNext(']'));

        // [:digit:] without the second pair of brackets, a usual mistake, is otherwise the six characters of its name.
        if (startsWithColon && ranges is [_, .., (_, ':')])
        {
            throw Posix();
        }

        reader.Take(']');

        // [!/] is accepted: others write it for any character but a slash, and here it means the same.
        return negated || !ranges.Exists(range => range.From == '/' || range.To == '/')
            ? new([.. ranges], negated)
            : throw new FormatException("must not have / in [ ], which never matches it");
    }

    private static (int From, int To) Range(GlobReader reader)
    {
        var from = Member(reader);
        var to = from;
        if (reader.IsNext('-') && !reader.IsNext(']', offset: 1))
        {
            reader.Take('-');
            to = Member(reader);
        }

        return from <= to ? (from, to) : throw new FormatException("must have ranges in [ ] from the lower to the higher character");
    }

    private static int Member(GlobReader reader)
    {
        if (reader.Take('\\'))
        {
            return reader.ReadEscaped();
        }

        if (reader.IsAtEnd)
        {
            throw new FormatException("must close each [ with a ]");
        }

        var character = reader.Read();
        return character == '[' && (reader.IsNext(':') || reader.IsNext('.') || reader.IsNext('=')) ? throw Posix() : character;
    }

    private static FormatException Posix() =>
        new(@"must not have a POSIX class such as [:digit:]: write its characters, such as [0-9], or \[ for a bracket");
}
