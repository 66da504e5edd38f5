using System.Globalization;
using S3Lister.Local.SigV4;

namespace S3Lister.Testing;

/// <summary>
/// Signs a request, with faults if wanted. It uses the product's own arithmetic, which is verified with the test suite
/// of AWS, curl and botocore.
/// </summary>
internal sealed record TestSigner
{
    public required Identity Identity { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    public string Service { get; init; } = "execute-api";

    public string Region { get; init; } = "us-east-1";

    public string Terminator { get; init; } = "aws4_request";

    /// <summary>The day of the scope. Default: that of <see cref="SignedAt"/>.</summary>
    public string? ScopeDate { get; init; }

    public string? Token { get; init; }

    /// <summary>The names in SignedHeaders. Default: all that need to be.</summary>
    public string? SignedHeaders { get; init; }

    public SignedRequest Sign(string target, string method = "GET", ReadOnlyMemory<byte> body = default)
    {
        var date = SignedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> headers = [new("Host", "localhost"), new("X-Amz-Date", date)];
        if (Token is not null)
        {
            headers.Add(new("X-Amz-Security-Token", Token));
        }

        var signed = SignedHeaders ?? (Token is null ? "host;x-amz-date" : "host;x-amz-date;x-amz-security-token");
        var scope = new CredentialScope(Identity.AccessKeyId, ScopeDate ?? date[..8], Region, Service, Terminator);
        var request = new SignedRequest(method, target, headers, body);
        var canonical = CanonicalRequest.Build(request, signed.Split(';'), Signature.HashHex(body.Span), isS3: false);
        var signature = Signature.Compute(Identity.SecretAccessKey, scope, date, canonical);
        headers.Add(new(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={Identity.AccessKeyId}/{scope}, SignedHeaders={signed}, Signature={signature}"));
        return request;
    }
}
