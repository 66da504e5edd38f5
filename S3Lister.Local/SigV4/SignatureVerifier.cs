using System.Globalization;

namespace S3Lister.Local.SigV4;

/// <summary>
/// Verifies AWS Signature Version 4 the way the service does: from the raw request, trusting nothing that is not
/// signed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal sealed class SignatureVerifier(SignatureVerifierOptions options)
{
    internal const string DateFormat = "yyyyMMdd'T'HHmmss'Z'";
    internal const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    internal const string ContentHashHeader = "x-amz-content-sha256";

    private readonly Dictionary<string, Identity> _identities =
        options.Identities.ToDictionary(identity => identity.AccessKeyId, StringComparer.Ordinal);

    private bool IsS3 => options.Service == "s3";

    public SignatureResult Verify(SignedRequest request)
    {
        if (Parse(request, out var authorization) is { } unreadable)
        {
            return unreadable;
        }

        return CheckSignedHeaders(request, authorization!)
            ?? CheckDate(authorization!)
            ?? CheckScope(authorization!)
            ?? CheckSignature(request, authorization!);
    }

    private static SignatureResult? Parse(SignedRequest request, out Authorization? authorization)
    {
        authorization = null;
        var header = request.Header("authorization");
        var isPresigned = PresignedQuery.IsIn(request.Query);
        return (header, isPresigned) switch
        {
            (null, false) => Invalid(SignatureFailure.Missing, "Missing Authentication Token"),
            (not null, true) => Invalid(SignatureFailure.Malformed, "Only one auth mechanism allowed"),
            (not null, false) when !Authorization.TryParseHeader(request, header, out authorization) =>
                Invalid(
                    SignatureFailure.Malformed,
                    "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' of AWS4-HMAC-SHA256"),
            (null, true) when !Authorization.TryParseQuery(request, out authorization) =>
                Invalid(
                    SignatureFailure.Malformed,
                    "AWS query-string parameters must include 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', "
                    + "'X-Amz-Expires', 'X-Amz-Signature' and 'X-Amz-SignedHeaders'"),
            _ => null,
        };
    }

    private static SignatureResult? CheckSignedHeaders(SignedRequest request, Authorization authorization)
    {
        var signed = authorization.SignedHeaders;
        var sorted = signed.Zip(signed.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
        if (!sorted || signed.Any(name => name.Length == 0 || name.Any(char.IsAsciiLetterUpper)))
        {
            return Invalid(SignatureFailure.Malformed, "SignedHeaders must be sorted, in lower case and given once each");
        }

        var missing = request.Headers
            .Select(header => header.Key.ToLowerInvariant())
            .Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal))
            .Append("host")
            .FirstOrDefault(name => !signed.Contains(name, StringComparer.Ordinal));
        return missing is null
            ? null
            : Invalid(SignatureFailure.UnsignedHeader, $"'{missing}' must be a 'SignedHeader' in the AWS Authorization.");
    }

    private SignatureResult? CheckDate(Authorization authorization)
    {
        if (!DateTimeOffset.TryParseExact(
            authorization.Date,
            DateFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var signedAt))
        {
            return Invalid(
                SignatureFailure.Malformed,
                "Date must be in ISO-8601 'basic format' in the 'X-Amz-Date' header or parameter.");
        }

        var now = options.TimeProvider.GetUtcNow();
        var skew = options.MaxClockSkew;
        var minutes = $"{skew.TotalMinutes.ToString(CultureInfo.InvariantCulture)} min.";
        if (signedAt > now + skew)
        {
            return Invalid(
                SignatureFailure.NotYetCurrent,
                $"Signature not yet current: {Format(signedAt)} is still later than {Format(now + skew)} "
                + $"({Format(now)} + {minutes})");
        }

        return signedAt + (authorization.Expires ?? skew) < now
            ? Invalid(
                SignatureFailure.Expired,
                authorization.Expires is { } expires
                    ? $"Signature expired: {Format(signedAt + expires)} is now earlier than {Format(now)}"
                    : $"Signature expired: {Format(signedAt)} is now earlier than {Format(now - skew)} "
                      + $"({Format(now)} - {minutes})")
            : null;
    }

    private SignatureResult? CheckScope(Authorization authorization)
    {
        var scope = authorization.Scope;
        if (scope.Region != options.Region)
        {
            return Invalid(
                SignatureFailure.WrongRegion,
                $"Credential should be scoped to a valid region, not '{scope.Region}'.");
        }

        var problem = scope switch
        {
            _ when scope.Service != options.Service => $"correct service: '{options.Service}'.",
            { Terminator: not CredentialScope.RequiredTerminator } =>
                $"with a valid terminator: '{CredentialScope.RequiredTerminator}', not '{scope.Terminator}'.",
            _ when !authorization.Date.StartsWith($"{scope.Date}T", StringComparison.Ordinal) =>
                $"with the date of the request, not '{scope.Date}'.",
            _ => null,
        };
        return problem is null
            ? null
            : Invalid(SignatureFailure.WrongScope, $"Credential should be scoped to {problem}");
    }

    private SignatureResult CheckSignature(SignedRequest request, Authorization authorization)
    {
        const string InvalidToken = "The security token included in the request is invalid.";
        if (!_identities.TryGetValue(authorization.Scope.AccessKeyId, out var identity))
        {
            return Invalid(SignatureFailure.UnknownAccessKey, InvalidToken);
        }

        if (!Signature.AreEqual(identity.SessionToken ?? "", authorization.SecurityToken ?? ""))
        {
            return Invalid(SignatureFailure.InvalidToken, InvalidToken);
        }

        if (!TryGetPayloadHash(request, authorization, out var payloadHash))
        {
            return Invalid(
                SignatureFailure.PayloadMismatch,
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        var canonical = CanonicalRequest.Build(request, authorization.SignedHeaders, payloadHash, IsS3);
        var expected = Signature.Compute(
            identity.SecretAccessKey, authorization.Scope, authorization.Date, canonical);
        return Signature.AreEqual(expected, authorization.Signature)
            ? SignatureResult.Valid(identity)
            : Invalid(
                SignatureFailure.Mismatch,
                "The request signature we calculated does not match the signature you provided. "
                + "Check your AWS Secret Access Key and signing method. "
                + "Consult the service documentation for details.");
    }

    // API Gateway hashes the body itself. S3 uses the signed hash, which may say that the payload is not signed or is
    // signed chunk by chunk, and compares it with the body.
    private bool TryGetPayloadHash(SignedRequest request, Authorization authorization, out string hash)
    {
        var actual = request.Body is { } body ? Signature.HashHex(body.Span) : null;
        if (!IsS3)
        {
            hash = actual ?? throw new ArgumentException("The body is needed to verify the signature.", nameof(request));
            return true;
        }

        hash = request.Header(ContentHashHeader) ?? (authorization.IsPresigned ? UnsignedPayload : "");
        return hash.Length > 0
            && (actual is null
                || hash == UnsignedPayload
                || hash.StartsWith("STREAMING-", StringComparison.Ordinal)
                || Signature.AreEqual(actual, hash));
    }

    private static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture);

    private static SignatureResult Invalid(SignatureFailure failure, string detail) =>
        SignatureResult.Invalid(failure, detail);
}
