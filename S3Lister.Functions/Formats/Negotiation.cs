using S3Lister.Functions.Http;

namespace S3Lister.Functions.Formats;

/// <summary>
/// What the caller's <c>Accept</c> and <c>Accept-Encoding</c> choose (RFC 9110, section 12.5). A member that is not of the
/// RFC's form is one that fits nothing here; a header without members is one that is not there.
/// </summary>
internal static class Negotiation
{
    private static readonly (string MediaType, Func<ListingBody> Create)[] Formats =
    [
        (JsonListing.MediaType, static () => new JsonListing()),
        (NdjsonListing.MediaType, static () => new NdjsonListing()),
        (CsvListing.MediaType, static () => new CsvListing()),
    ];

    /// <param name="accept">The header; null for none, which accepts all.</param>
    /// <returns>The format that the caller likes best; of equals, the first of JSON, NDJSON and CSV.</returns>
    /// <exception cref="NotAcceptableException">The caller accepts none of them.</exception>
    public static ListingBody Format(string? accept)
    {
        if (IsEmpty(accept))
        {
            return Formats[0].Create();
        }

        var ranges = HeaderList.Weighted(accept);
        var (best, create) = Formats.Select(format => (QualityOf(ranges, format.MediaType), format.Create)).MaxBy(choice => choice.Item1);
        return best > 0 ? create() : throw new NotAcceptableException("Accept", [.. Formats.Select(format => format.MediaType)]);
    }

    /// <summary>For what there is in one format only.</summary>
    /// <exception cref="NotAcceptableException">The caller does not accept it.</exception>
    public static void RequireJson(string? accept)
    {
        if (!IsEmpty(accept) && QualityOf(HeaderList.Weighted(accept), JsonListing.MediaType) <= 0)
        {
            throw new NotAcceptableException("Accept", JsonListing.MediaType);
        }
    }

    /// <summary>
    /// The coding that the caller likes best; of equals, the one that makes the body smallest. The body as it is, which
    /// is acceptable unless the caller says otherwise, comes last where it is not named.
    /// </summary>
    /// <param name="acceptEncoding">The header; null for none, which accepts the body as it is.</param>
    /// <exception cref="NotAcceptableException">The caller accepts neither the body as it is nor one of the codings.</exception>
    public static AcceptedCoding Coding(string? acceptEncoding)
    {
        var codings = HeaderList.Weighted(acceptEncoding);
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

    private static bool IsEmpty(string? accept) => accept.AsSpan().Trim(", \t").IsEmpty;

    /// <summary>
    /// Of the ranges that cover the type, the most specific one decides. Their parameters do not matter: each format is
    /// there in one form only.
    /// </summary>
    private static double QualityOf(List<(string Name, double Quality)> ranges, string mediaType) =>
        Quality(ranges, mediaType) ?? Quality(ranges, $"{mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)]}/*")
        ?? Quality(ranges, "*/*") ?? 0;

    /// <returns>The best of the members of one of these names; null for none.</returns>
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

/// <summary>The caller accepts nothing that the service could send.</summary>
internal sealed class NotAcceptableException(string header, params string[] accepted) : Exception(
    accepted is [.. var others, var last] && others.Length > 0
        ? $"{header} must allow one of {string.Join(", ", others)} and {last}."
        : $"{header} must allow {accepted[0]}.");
