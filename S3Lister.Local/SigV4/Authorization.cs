using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace S3Lister.Local.SigV4;

/// <summary>What a request says about its signature, from the Authorization header or from the query.</summary>
internal sealed record Authorization
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public required CredentialScope Scope { get; init; }

    public required IReadOnlyList<string> SignedHeaders { get; init; }

    public required string Signature { get; init; }

    /// <summary>When it was signed, as the text <c>yyyyMMddTHHmmssZ</c>.</summary>
    public required string Date { get; init; }

    public required string? SecurityToken { get; init; }

    /// <summary>How long a presigned query is good for; null for a signed header.</summary>
    public required TimeSpan? Expires { get; init; }

    public bool IsPresigned => Expires is not null;

    public static bool TryParseHeader(SignedRequest request, string header, [NotNullWhen(true)] out Authorization? result)
    {
        result = null;
        if (!header.StartsWith($"{Algorithm} ", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !parts.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                return false;
            }
        }

        if (parts.Count != 3
            || !CredentialScope.TryParse(parts.GetValueOrDefault("Credential"), out var scope)
            || parts.GetValueOrDefault("SignedHeaders") is not { Length: > 0 } signedHeaders
            || parts.GetValueOrDefault("Signature") is not { Length: > 0 } signature)
        {
            return false;
        }

        result = new Authorization
        {
            Scope = scope,
            SignedHeaders = signedHeaders.Split(';'),
            Signature = signature,
            Date = request.Header("x-amz-date") ?? "",
            SecurityToken = request.Header("x-amz-security-token"),
            Expires = null,
        };
        return true;
    }

    public static bool TryParseQuery(SignedRequest request, [NotNullWhen(true)] out Authorization? result)
    {
        result = null;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (rawName, value) in RawQuery.Parse(request.Query))
        {
            var name = UriEncoding.DecodeText(rawName, plusIsSpace: true);
            if (PresignedQuery.IsOneOf(name) && !parameters.TryAdd(name, UriEncoding.DecodeText(value, plusIsSpace: true)))
            {
                return false;
            }
        }

        if (parameters.GetValueOrDefault(PresignedQuery.Algorithm) != Algorithm
            || !CredentialScope.TryParse(parameters.GetValueOrDefault(PresignedQuery.Credential), out var scope)
            || !int.TryParse(
                parameters.GetValueOrDefault(PresignedQuery.Expires),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var expires)
            || expires is < 1 or > PresignedQuery.MaxExpires
            || parameters.GetValueOrDefault(PresignedQuery.SignedHeaders) is not { Length: > 0 } signedHeaders
            || parameters.GetValueOrDefault(PresignedQuery.Signature) is not { Length: > 0 } signature)
        {
            return false;
        }

        result = new Authorization
        {
            Scope = scope,
            SignedHeaders = signedHeaders.Split(';'),
            Signature = signature,
            Date = parameters.GetValueOrDefault(PresignedQuery.Date) ?? "",
            SecurityToken = parameters.GetValueOrDefault(PresignedQuery.SecurityToken),
            Expires = TimeSpan.FromSeconds(expires),
        };
        return true;
    }
}
