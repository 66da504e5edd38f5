namespace S3Lister.Local.SigV4;

/// <summary>A raw query string taken apart, still encoded.</summary>
internal static class RawQuery
{
    public static IEnumerable<(string Name, string Value)> Parse(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
        }
    }
}
