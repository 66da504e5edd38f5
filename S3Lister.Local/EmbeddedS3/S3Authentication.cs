using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>Accepts requests that one of the identities has signed, and refuses the others as S3 does.</summary>
internal sealed class S3Authentication(string region, IReadOnlyList<Identity> identities)
{
    // S3 allows more clock skew than other services.
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(15);

    private readonly SignatureVerifier _verifier = new(new SignatureVerifierOptions
    {
        Service = "s3",
        Region = region,
        Identities = identities,
        MaxClockSkew = MaxClockSkew,
    });

    public S3Error? Authenticate(HttpContext context)
    {
        return _verifier.Verify(SignedRequest.From(context, body: null)).Failure switch
        {
            // A wrong region is redirected later.
            null or SignatureFailure.WrongRegion => null,
            SignatureFailure.Missing or SignatureFailure.UnsignedHeader => S3Error.AccessDenied,
            SignatureFailure.UnknownAccessKey => new(
                "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403),
            SignatureFailure.InvalidToken => new("InvalidToken", "The provided token is malformed or otherwise invalid.", 400),
            SignatureFailure.Expired or SignatureFailure.NotYetCurrent => new(
                "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403),
            SignatureFailure.Malformed or SignatureFailure.WrongScope => new("AuthorizationHeaderMalformed", "The authorization header is malformed.", 400),
            _ => new(
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
                403),
        };
    }
}
