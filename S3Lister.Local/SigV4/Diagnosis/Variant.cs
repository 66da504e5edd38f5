namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>A mistake that a caller may have made: how it changes what is signed, and what to do about it.</summary>
/// <param name="Part">The part of the request that it concerns; two mistakes in one part are not combined.</param>
/// <param name="Apply">Makes the mistake.</param>
/// <param name="Advice">A sentence that names the mistake and says what is right.</param>
internal sealed record Variant(SigningPart Part, Func<SigningAttempt, SigningAttempt> Apply, string Advice);

internal enum SigningPart
{
    Method,
    Path,
    Query,
    Headers,
    Payload,
    Secret,
}
