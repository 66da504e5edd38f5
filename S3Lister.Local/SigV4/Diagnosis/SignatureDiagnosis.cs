using System.Globalization;

namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>
/// Says in plain words why a request to execute-api was refused and what to do about it. It is for the person at the
/// console: the caller's response stays as terse as API Gateway's. No secret is ever part of it.
/// </summary>
internal sealed class SignatureDiagnosis(SignatureVerifierOptions options)
{
    public IReadOnlyList<string> Explain(SignedRequest request, SignatureFailure failure)
    {
        var isRead = request.Header("authorization") is { } header
            ? Authorization.TryParseHeader(request, header, out var authorization)
            : Authorization.TryParseQuery(request, out authorization);
        return failure switch
        {
            SignatureFailure.Missing =>
                [$"The request is not signed: sign it for the service {options.Service} in {options.Region}."],
            _ when !isRead || failure is SignatureFailure.Malformed => FormDiagnosis.Explain(request),
            SignatureFailure.UnsignedHeader => ["Sign host, and every x-amz-… header that is sent."],
            SignatureFailure.Expired or SignatureFailure.NotYetCurrent => [OfClock(authorization!)],
            SignatureFailure.WrongRegion =>
                [$"The signature is for the region {authorization!.Scope.Region}: sign for {options.Region}."],
            SignatureFailure.WrongScope => [OfScope(authorization!)],
            SignatureFailure.UnknownAccessKey =>
                [$"No caller here has this access key. Use {string.Join(" or ", options.Identities.Select(identity => identity.AccessKeyId))}."],
            SignatureFailure.InvalidToken => [OfToken(authorization!)],
            _ => OfMismatch(request, authorization!),
        };
    }

    private string OfClock(Authorization authorization)
    {
        var signedAt = DateTimeOffset.ParseExact(
            authorization.Date, SignatureVerifier.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var age = options.TimeProvider.GetUtcNow() - signedAt;
        return authorization.Expires is { } expires && age > expires
            ? $"The presigned request is {Minutes(age - expires)} past its end: {PresignedQuery.Expires} is {expires.TotalSeconds:F0} seconds."
            : age > TimeSpan.Zero
                ? $"The request was signed {Minutes(age)} ago, and {Minutes(options.MaxClockSkew)} are allowed: the clock that "
                    + "signed it is slow, or an old request was sent again."
                : $"The request was signed {Minutes(-age)} in the future, and {Minutes(options.MaxClockSkew)} are allowed: the clock that signed it is fast.";
    }

    private string OfScope(Authorization authorization)
    {
        var scope = authorization.Scope;
        return scope.Service != options.Service
            ? $"The signature is for the service {scope.Service}: sign for {options.Service}."
            : scope.Terminator != CredentialScope.RequiredTerminator
                ? $"The credential scope must end with {CredentialScope.RequiredTerminator}."
                : $"The date of the credential scope is {scope.Date}, and X-Amz-Date says {authorization.Date}: both are in UTC, and must be the same day.";
    }

    private string OfToken(Authorization authorization)
    {
        const string Name = "x-amz-security-token";
        var token = Find(authorization).SessionToken;
        return (token, authorization.SecurityToken) switch
        {
            (null, _) => $"This access key is a user's and has no session token: send no {Name}. (AWS_SESSION_TOKEN may be set for another key.)",
            (_, null) => $"This access key is temporary: send its session token as {Name}, and sign that too.",
            var (right, sent) when authorization.IsPresigned && right == sent.Replace(' ', '+') =>
                $"+ in a query is a space: write the + of {PresignedQuery.SecurityToken} as %2B.",
            _ => $"The session token is not that of this access key: send the {Name} that came with it.",
        };
    }

    private IReadOnlyList<string> OfMismatch(SignedRequest request, Authorization authorization)
    {
        var identity = Find(authorization);
        var canonical = CanonicalRequest.From(
            request, authorization.SignedHeaders, Signature.HashHex(request.Body.GetValueOrDefault().Span), isS3: false);
        return MismatchDiagnosis.Explain(
            request,
            new SigningAttempt(canonical, identity.SecretAccessKey, authorization.Scope, authorization.Date),
            authorization.Signature,
            options.Identities.Where(other => other != identity));
    }

    private Identity Find(Authorization authorization) =>
        options.Identities.First(identity => identity.AccessKeyId == authorization.Scope.AccessKeyId);

    private static string Minutes(TimeSpan time) => time.TotalMinutes < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} seconds")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalMinutes):F0} minutes");
}
