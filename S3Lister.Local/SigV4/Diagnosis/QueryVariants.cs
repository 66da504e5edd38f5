namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>The mistakes that signers make with a query, the most frequent ones first.</summary>
internal static class QueryVariants
{
    // Each parameter that may have been added after signing is one variant more; a query can have thousands.
    private const int MaxParameters = 32;

    public static IEnumerable<Variant> Of(string query)
    {
        var encoded = CanonicalQuery.Encode(query).ToList();
        var canonical = CanonicalQuery.Of(query);
        var right = QueryAdvice.Right(query);
        return AsWritten(query)
            .Concat(Unsorted(encoded, right))
            .Concat(Misencoded(query, canonical, right))
            .Concat(Incomplete(encoded));
    }

    private static IEnumerable<Variant> AsWritten(string query)
    {
        var pieces = RawQuery.Pieces(query)
            .Where(piece => !piece.StartsWith($"{PresignedQuery.Signature}=", StringComparison.Ordinal))
            .ToList();
        var advice = QueryAdvice.Of(query);
        yield return Query(string.Join('&', pieces), advice);
        yield return Query(string.Join('&', pieces.Order(StringComparer.Ordinal)), advice);
        yield return Query(
            CanonicalQuery.Join(CanonicalQuery.Sort(RawQuery.Parse(query).Where(part => part.Name != PresignedQuery.Signature))),
            advice);
    }

    private static IEnumerable<Variant> Unsorted(List<(string Name, string Value)> encoded, string right)
    {
        yield return Query(CanonicalQuery.Join(encoded), $"The query was signed in the order in which it was sent; it must be sorted. {right}");
        yield return Query(
            CanonicalQuery.Join(CanonicalQuery.Sort(encoded, StringComparer.OrdinalIgnoreCase)),
            "The query was sorted without regard to case; upper case comes before lower case (X-Amz-Date before prefix).");
        yield return Query(
            CanonicalQuery.Join(encoded.OrderBy(part => part.Name, StringComparer.Ordinal)),
            "Parameters of the same name must be sorted by value.");
    }

    private static IEnumerable<Variant> Misencoded(string query, string canonical, string right)
    {
        yield return Query(
            CanonicalQuery.Join(CanonicalQuery.Sort(CanonicalQuery.Encode(query, plusIsSpace: false))),
            $"+ was signed as %2B, and a + in a query is a space: send a plus sign as %2B. {right}");
        yield return Query(
            canonical.Replace("%20", "+", StringComparison.Ordinal),
            "A space was signed as +; it must be signed as %20.");
        yield return Query(
            canonical.Replace("%2F", "/", StringComparison.Ordinal),
            "/ in a value was signed as it is; it must be signed as %2F.");
        yield return Query(
            FormEncoded(canonical), "The query was signed as a form encodes it; it must be signed with %20 for a space, ~ as it is and %2A for *.");
        yield return Query(
            Unescaped(canonical, "%21", "%27", "%28", "%29", "%2A"),
            "! ' ( ) * were signed as they are; they must be signed as %21 %27 %28 %29 %2A.");
        yield return Query(LowerCase(canonical), "The digits after % were signed in lower case; they must be upper case (%2F, not %2f).");
        yield return Query(
            CanonicalQuery.Join(CanonicalQuery.Sort(RawQuery.Parse(canonical).Select(part => (
                UriEncoding.Encode(part.Name), UriEncoding.Encode(part.Value))))),
            "The query was percent-encoded twice before it was signed; encode it once.");
        yield return Query(
            CanonicalQuery.Join(CanonicalQuery.Sort(RawQuery.Parse(query).Select(part => (
                UriEncoding.DecodeText(part.Name, plusIsSpace: true), UriEncoding.DecodeText(part.Value, plusIsSpace: true)))
                .Where(part => part.Item1 != PresignedQuery.Signature))),
            "The query was signed without percent-encoding; it must be signed percent-encoded.");
    }

    private static IEnumerable<Variant> Incomplete(List<(string Name, string Value)> encoded)
    {
        yield return Query("", "The query was not signed; all of it must be.");
        yield return Query(
            CanonicalQuery.Join(CanonicalQuery.Sort(encoded.Where(part => PresignedQuery.IsOneOf(part.Name)))),
            "The query was added after signing; all of it must be signed.");
        foreach (var left in encoded.Distinct().Take(MaxParameters))
        {
            var advice = left.Name == PresignedQuery.SecurityToken
                ? $"{left.Name} was added after signing; it must be signed."
                : $"The query parameter {left.Name} was added after signing; it must be signed.";
            yield return Query(CanonicalQuery.Join(CanonicalQuery.Sort(encoded.Where(part => part != left))), advice);
        }
    }

    private static string FormEncoded(string canonical) =>
        Unescaped(canonical, "%2A").Replace("%20", "+", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal);

    private static string Unescaped(string text, params ReadOnlySpan<string> escapes)
    {
        foreach (var escape in escapes)
        {
            text = text.Replace(escape, UriEncoding.DecodeText(escape), StringComparison.Ordinal);
        }

        return text;
    }

    private static string LowerCase(string canonical) =>
        string.Join('%', canonical.Split('%').Select((part, index) =>
            index == 0 ? part : part[..2].ToLowerInvariant() + part[2..]));

    private static Variant Query(string query, string advice) =>
        new(SigningPart.Query, attempt => attempt.WithQuery(query), advice);
}
