namespace S3Lister.Local.SigV4;

/// <summary>The path of a canonical request, from the path as it was received.</summary>
internal static class CanonicalPath
{
    /// <summary>Normalized, and encoded once more than it was on the wire: the rule of every service but S3.</summary>
    public static string Of(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                segments.Add(segment);
            }
        }

        var trailing = segments.Count > 0 && (path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal));
        return UriEncoding.Encode($"/{string.Join('/', segments)}{(trailing ? "/" : "")}", keepSlash: true);
    }

    /// <summary>S3 keys may be <c>//a</c> or <c>..</c>, so S3 normalizes nothing and encodes once.</summary>
    public static string OfS3(string path) => UriEncoding.Encode(UriEncoding.Decode(path), keepSlash: true);
}
