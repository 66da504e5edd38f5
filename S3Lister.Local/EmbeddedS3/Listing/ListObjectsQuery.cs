using System.Globalization;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Listing;

/// <summary>The parameters of ListObjectsV2. What is text in S3's documentation is bytes of UTF-8 here.</summary>
internal sealed record ListObjectsQuery
{
    public byte[] Prefix { get; init; } = [];

    /// <summary>Empty for none, as in S3.</summary>
    public byte[] Delimiter { get; init; } = [];

    /// <summary>Empty for none. Ignored where there is a token.</summary>
    public byte[] StartAfter { get; init; } = [];

    /// <summary>The token as it was sent, or null.</summary>
    public string? ContinuationToken { get; init; }

    /// <summary>Entries of the page, objects and common prefixes together: 0 to 1000.</summary>
    public int MaxKeys { get; init; } = S3Limits.MaxKeysOfPage;

    public bool EncodeUrl { get; init; }

    public bool FetchOwner { get; init; }

    public static ListObjectsQuery? Parse(S3Query query, out S3Error? error)
    {
        var encoding = query.Text("encoding-type");
        error = ParseMaxKeys(query.Text("max-keys"), out var maxKeys);
        if (encoding is not (null or "" or "url"))
        {
            error = S3Error.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
        }

        return error is not null
            ? null
            : new ListObjectsQuery
            {
                Prefix = query.Bytes("prefix") ?? [],
                Delimiter = query.Bytes("delimiter") ?? [],
                StartAfter = query.Bytes("start-after") ?? [],
                ContinuationToken = query.Text("continuation-token"),
                MaxKeys = maxKeys,
                EncodeUrl = encoding == "url",
                FetchOwner = string.Equals(query.Text("fetch-owner"), "true", StringComparison.OrdinalIgnoreCase),
            };
    }

    // S3 has two messages and two spellings of the name.
    private static S3Error? ParseMaxKeys(string? text, out int maxKeys)
    {
        maxKeys = S3Limits.MaxKeysOfPage;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return S3Error.InvalidArgument(
                "Provided max-keys not an integer or within integer range", "max-keys", text);
        }

        maxKeys = int.Min(value, S3Limits.MaxKeysOfPage);
        return value >= 0
            ? null
            : S3Error.InvalidArgument(
                "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", text);
    }
}
