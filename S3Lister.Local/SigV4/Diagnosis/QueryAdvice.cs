namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>In which respects a query, as it is written, is not in canonical form.</summary>
internal static class QueryAdvice
{
    /// <summary>The canonical query without the parameters of a presigned request, which the signer adds by itself.</summary>
    public static string Right(string query) =>
        "Write ?" + CanonicalQuery.Join(CanonicalQuery.Sort(CanonicalQuery.Encode(query).Where(IsCallers)));

    public static string Of(string query)
    {
        var parameters = CanonicalQuery.Encode(query).Where(IsCallers).ToList();
        List<string> problems = [];
        if (!parameters.SequenceEqual(CanonicalQuery.Sort(parameters)))
        {
            problems.Add("it is not sorted");
        }

        problems.AddRange(Spelling(query));
        if (RawQuery.Pieces(query).Any(piece => !piece.Contains('=', StringComparison.Ordinal)))
        {
            problems.Add("a parameter without a value must end with =");
        }

        return problems.Count == 0
            ? "The query was signed as it is written, and that is not its canonical form."
            : $"The query was signed as it is written, and {string.Join(", ", problems)}. {Right(query)}";
    }

    private static IEnumerable<string> Spelling(string query)
    {
        var text = string.Concat(RawQuery.Parse(query).Where(IsCallers).Select(part => part.Name + part.Value));
        var (reserved, lowerCase, needless) = Scan(text);
        foreach (var character in reserved.Where(char.IsAscii))
        {
            yield return character == '+'
                ? "+ is a space: it must be written %20, and a plus sign %2B"
                : $"{character} must be written {UriEncoding.Encode($"{character}")}";
        }

        if (reserved.Any(character => !char.IsAscii(character)))
        {
            yield return "characters beyond ASCII must be percent-encoded as UTF-8";
        }

        if (lowerCase)
        {
            yield return "the digits after % must be upper case (%2F, not %2f)";
        }

        if (needless)
        {
            yield return "letters, digits and -._~ must not be percent-encoded";
        }
    }

    /// <summary>The characters that must be encoded, and whether an escape is in lower case or not needed.</summary>
    private static (SortedSet<char> Reserved, bool LowerCase, bool Needless) Scan(string text)
    {
        SortedSet<char> reserved = [];
        var (lowerCase, needless) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                var escape = text.Substring(i, 3);
                lowerCase |= escape.Any(char.IsAsciiLetterLower);
                needless |= UriEncoding.Decode(escape) is [var octet] && UriEncoding.IsUnreserved(octet);
                i += 2;
            }
            else if (!char.IsAscii(text[i]) || !UriEncoding.IsUnreserved((byte)text[i]))
            {
                reserved.Add(text[i]);
            }
        }

        return (reserved, lowerCase, needless);
    }

    private static bool IsCallers((string Name, string Value) parameter) => !PresignedQuery.IsOneOf(parameter.Name);
}
