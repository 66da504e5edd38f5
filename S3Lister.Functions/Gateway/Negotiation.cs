namespace S3Lister.Functions.Gateway;

/// <summary>
/// Content negotiation by <c>Accept</c> and <c>Accept-Encoding</c> (RFC 9110, section 12.5). A malformed member matches
/// nothing; a header without members counts as missing.
/// </summary>
internal static class Negotiation
{
    /// <param name="accept">The header; null if it is missing, which accepts everything.</param>
    /// <param name="mediaTypes">The media types of the route, in the service's order of preference.</param>
    /// <returns>The index of the media type with the highest weight; the first one if several have it.</returns>
    /// <exception cref="NotAcceptableException">The caller accepts none of them.</exception>
    public static int MediaType(string? accept, params ReadOnlySpan<string> mediaTypes)
    {
        if (accept.AsSpan().Trim(", \t").IsEmpty)
        {
            return 0;
        }

        var ranges = HeaderList.ParseWeighted(accept);
        var (best, index) = (0.0, -1);
        for (var i = 0; i < mediaTypes.Length; i++)
        {
            if (QualityOf(ranges, mediaTypes[i]) is var quality && quality > best)
            {
                (best, index) = (quality, i);
            }
        }

        return index >= 0 ? index : throw new NotAcceptableException("Accept", mediaTypes.ToArray());
    }

    /// <summary>
    /// Chooses the coding with the highest weight; if several have it, the one that compresses most. The identity coding is
    /// acceptable unless the caller excludes it, and comes last if the header does not mention it.
    /// </summary>
    /// <param name="acceptEncoding">The header; null if it is missing, which accepts the identity coding.</param>
    /// <exception cref="NotAcceptableException">The caller accepts none of the codings.</exception>
    public static AcceptedCoding Coding(string? acceptEncoding)
    {
        var codings = HeaderList.ParseWeighted(acceptEncoding);
        var identity = Quality(codings, "identity") ?? Quality(codings, "*");
        var brotli = Quality(codings, "br") ?? Quality(codings, "*") ?? 0;
        var gzip = Quality(codings, "gzip", "x-gzip") ?? Quality(codings, "*") ?? 0;
        var best = Math.Max(brotli, gzip);
        if (best > 0 && best >= (identity ?? 0))
        {
            return new(brotli >= gzip ? ContentCoding.Brotli : ContentCoding.Gzip, IsRequired: identity == 0);
        }

        return identity == 0
            ? throw new NotAcceptableException("Accept-Encoding", "br", "gzip", "identity")
            : new(ContentCoding.Identity, IsRequired: false);
    }

    /// <summary>
    /// The weight of the most specific range that includes the media type. Parameters of ranges are ignored, because each
    /// media type has only one form.
    /// </summary>
    private static double QualityOf(List<(string Name, double Quality)> ranges, string mediaType) =>
        Quality(ranges, mediaType) ?? Quality(ranges, $"{mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)]}/*")
        ?? Quality(ranges, "*/*") ?? 0;

    /// <returns>The highest weight of the members with one of these names; null if there are none.</returns>
    private static double? Quality(List<(string Name, double Quality)> members, params ReadOnlySpan<string> names)
    {
        double? best = null;
        foreach (var (name, quality) in members)
        {
            foreach (var candidate in names)
            {
                if (candidate.Equals(name, StringComparison.OrdinalIgnoreCase) && !(quality <= best))
                {
                    best = quality;
                }
            }
        }

        return best;
    }
}

/// <summary>The caller accepts none of the representations that the service can send.</summary>
internal sealed class NotAcceptableException(string header, params string[] accepted) : Exception(
    accepted is [.. var others, var last] && others.Length > 0
        ? $"{header} must allow one of {string.Join(", ", others)} and {last}."
        : $"{header} must allow {accepted[0]}.");
