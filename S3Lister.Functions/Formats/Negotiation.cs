using System.Net.Http.Headers;
using S3Lister.Functions.Http;

namespace S3Lister.Functions.Formats;

/// <summary>What the caller's <c>Accept</c> and <c>Accept-Encoding</c> choose (RFC 9110, section 12.5).</summary>
internal static class Negotiation
{
    private static readonly (string MediaType, Func<ListingBody> Create)[] Formats =
    [
        (JsonListing.MediaType, static () => new JsonListing()),
        (NdjsonListing.MediaType, static () => new NdjsonListing()),
        (CsvListing.MediaType, static () => new CsvListing()),
    ];

    /// <param name="accept">The header; null or blank for none, which accepts all.</param>
    /// <returns>The format that the caller likes best; of equals, the first of JSON, NDJSON and CSV.</returns>
    /// <exception cref="NotAcceptableException">The caller takes none of them.</exception>
    public static ListingBody Format(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept))
        {
            return Formats[0].Create();
        }

        var ranges = Ranges(accept);
        var (best, create) = Formats.Select(format => (Quality(ranges, format.MediaType), format.Create)).MaxBy(choice => choice.Item1);
        return best > 0 ? create() : throw new NotAcceptableException([.. Formats.Select(format => format.MediaType)]);
    }

    /// <summary>For what there is in one format only.</summary>
    /// <exception cref="NotAcceptableException">The caller does not take it.</exception>
    public static void RequireJson(string? accept)
    {
        if (!string.IsNullOrWhiteSpace(accept) && Quality(Ranges(accept), JsonListing.MediaType) <= 0)
        {
            throw new NotAcceptableException(JsonListing.MediaType);
        }
    }

    /// <param name="acceptEncoding">The header; null for none, which takes the body as it is.</param>
    /// <returns>The coding that the caller likes best; of equals, the one that makes the body smallest.</returns>
    public static ContentCoding Coding(string? acceptEncoding)
    {
        List<StringWithQualityHeaderValue> codings = [];
        foreach (var part in acceptEncoding?.Split(',') ?? [])
        {
            if (StringWithQualityHeaderValue.TryParse(part, out var coding))
            {
                codings.Add(coding);
            }
        }

        var (brotli, gzip) = (Quality(codings, "br"), Quality(codings, "gzip"));
        return brotli > 0 && brotli >= gzip ? ContentCoding.Brotli : gzip > 0 ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    private static List<MediaTypeWithQualityHeaderValue> Ranges(string accept)
    {
        List<MediaTypeWithQualityHeaderValue> ranges = [];
        foreach (var part in accept.Split(','))
        {
            if (MediaTypeWithQualityHeaderValue.TryParse(part, out var range))
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    private static double Quality(List<StringWithQualityHeaderValue> codings, string name) =>
        (codings.Find(coding => coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? codings.Find(coding => coding.Value == "*")) is { } found ? found.Quality ?? 1 : 0;

    /// <summary>Of the ranges that cover the type, the most specific one decides.</summary>
    private static double Quality(List<MediaTypeWithQualityHeaderValue> ranges, string mediaType)
    {
        var wholeType = $"{mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)]}/*";
        foreach (var candidate in (ReadOnlySpan<string>)[mediaType, wholeType, "*/*"])
        {
            if (ranges.Find(range => candidate.Equals(range.MediaType, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found.Quality ?? 1;
            }
        }

        return 0;
    }
}

/// <summary>The caller takes none of the route's formats.</summary>
internal sealed class NotAcceptableException(params string[] mediaTypes) : Exception(
    mediaTypes is [.. var others, var last] && others.Length > 0
        ? $"Accept must allow one of {string.Join(", ", others)} and {last}."
        : $"Accept must allow {mediaTypes[0]}.");
