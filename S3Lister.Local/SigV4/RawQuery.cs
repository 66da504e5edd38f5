namespace S3Lister.Local.SigV4;

/// <summary>The parts of a query string, still encoded.</summary>
internal static class RawQuery
{
    public static IEnumerable<(string Name, string Value)> Parse(string query)
    {
        foreach (var part in Pieces(query))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
        }
    }

    /// <summary>The parts between the ampersands.</summary>
    public static IEnumerable<string> Pieces(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries);
}
