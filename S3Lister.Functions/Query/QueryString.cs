using System.Text;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Query;

/// <summary>
/// The query as the caller sent it, from <c>rawQueryString</c>: in <c>queryStringParameters</c>, API Gateway joins
/// duplicates with commas, which a key may contain.
/// </summary>
/// <remarks>
/// A <c>+</c> is a space, because API Gateway decodes it as a space to verify the signature: the canonical query of
/// <c>a=b+c</c> is <c>a=b%20c</c>. Otherwise the service would list a prefix that nobody signed.
/// </remarks>
internal sealed class QueryString
{
    /// <summary>
    /// The parameters of a presigned request's signature, which are ignored here: API Gateway verifies them, or ignores them
    /// if a token authorizes the request. The names are case-sensitive, as in the canonical query.
    /// </summary>
    /// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>
    private static readonly string[] Signature =
    [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
        "X-Amz-Security-Token",
    ];

    private readonly Dictionary<string, string> _values;

    private QueryString(Dictionary<string, string> values) => _values = values;

    /// <param name="rawQueryString">The query without the question mark; may be null or empty.</param>
    /// <param name="known">The parameters of the route.</param>
    /// <exception cref="InvalidRequestException">
    /// A parameter is unknown, duplicated, or not percent-encoded UTF-8.
    /// </exception>
    public static QueryString Parse(string? rawQueryString, params ReadOnlySpan<string> known)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var range in rawQueryString.AsSpan().Split('&'))
        {
            var pair = rawQueryString.AsSpan()[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (Signature.AsSpan().IndexOf(name) >= 0)
            {
                continue;
            }

            var index = name is null ? -1 : known.IndexOf(name);
            if (index < 0)
            {
                throw InvalidRequestException.BadParameter(null, Unknown(known));
            }

            var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]) ?? throw InvalidRequestException.BadParameter(
                known[index], $"{known[index]} must be percent-encoded UTF-8.");
            if (!values.TryAdd(known[index], value))
            {
                throw InvalidRequestException.BadParameter(known[index], $"{known[index]} must not be repeated.");
            }
        }

        return new(values);
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>
    /// The query of the next page: sorted and percent-encoded as SigV4 requires, and without a signature, so that it can be
    /// signed unchanged.
    /// </summary>
    public string ForNextPage(string continuationToken) => string.Join('&', _values
        .Where(pair => pair.Key is not (ListingParameters.StartAfter or ListingParameters.ContinuationToken))
        .Append(new(ListingParameters.ContinuationToken, continuationToken))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

    private static string Unknown(ReadOnlySpan<string> known) => known.IsEmpty
        ? "This route takes no query parameters."
        : $"The request has an unknown query parameter. This route supports {string.Join(", ", known!)}.";

    /// <returns>Null if the text is not percent-encoded UTF-8.</returns>
    private static string? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var encoded = bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes));
        var length = FormEncoding.DecodeInPlace(encoded);
        return length >= 0 && System.Text.Unicode.Utf8.IsValid(encoded[..length])
            ? Encoding.UTF8.GetString(encoded[..length])
            : null;
    }
}
