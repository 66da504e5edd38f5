using System.Diagnostics.CodeAnalysis;

namespace S3Lister.Local.SigV4;

/// <summary>Who signed a request, or why the signature is not valid.</summary>
/// <param name="Identity">Who signed it; null when the signature is not valid.</param>
/// <param name="Failure">What is wrong; null when the signature is right.</param>
/// <param name="Detail">
/// The failure in AWS's words: a REST API returns it, an HTTP API writes it to its access log only.
/// </param>
internal sealed record SignatureResult(Identity? Identity, SignatureFailure? Failure, string? Detail)
{
    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Failure), nameof(Detail))]
    public bool IsValid => Identity is not null;

    public static SignatureResult Valid(Identity identity) => new(identity, null, null);

    public static SignatureResult Invalid(SignatureFailure failure, string detail) => new(null, failure, detail);
}
