namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>
/// Finds out why a signature does not match: it signs the request with each common mistake, then with each pair of them,
/// and names those that result in the signature. That is about a thousand signatures at most, some milliseconds.
/// </summary>
internal static class MismatchDiagnosis
{
    public static IReadOnlyList<string> Explain(
        SignedRequest request, SigningAttempt actual, string signature, IEnumerable<Identity> others)
    {
        if (string.Equals(actual.Signature, signature, StringComparison.OrdinalIgnoreCase))
        {
            return ["The signature is right except for its case; it must be lower-case hexadecimal."];
        }

        Variant[] variants =
        [
            .. QueryVariants.Of(request.Query),
            .. RequestVariants.Of(request, actual),
            .. SecretVariants.Of(actual.Secret, others),
        ];
        return One(variants, actual, signature) ?? Two(variants, actual, signature) ?? Unknown(request, actual.Request);
    }

    private static IReadOnlyList<string>? One(Variant[] variants, SigningAttempt actual, string signature) =>
        variants.FirstOrDefault(variant => variant.Apply(actual).Signature == signature) is { } found ? [found.Advice] : null;

    private static IReadOnlyList<string>? Two(Variant[] variants, SigningAttempt actual, string signature)
    {
        for (var i = 0; i < variants.Length; i++)
        {
            var first = variants[i].Apply(actual);
            var second = variants.Skip(i + 1).FirstOrDefault(variant =>
                variant.Part != variants[i].Part && variant.Apply(first).Signature == signature);
            if (second is not null)
            {
                return [variants[i].Advice, second.Advice];
            }
        }

        return null;
    }

    private static IReadOnlyList<string> Unknown(SignedRequest request, CanonicalRequest right) =>
        [
            "The secret key is wrong, or the request is not the one that was signed: no common mistake results in this signature.",
            .. right.Headers
                .Where(header => request.Header(header.Key) is null)
                .Select(header => $"The header {header.Key} is among the signed headers and was not sent."),
            "The canonical request, to compare with that of the signer:",
            .. Hidden(right).ToString().Split('\n').Select(line => $"  {line}"),
        ];

    private static CanonicalRequest Hidden(CanonicalRequest request) => request with
    {
        Query = PresignedQuery.HideSecrets($"?{request.Query}")[1..],
        Headers =
        [
            .. request.Headers.Select(header => header.Key is "x-amz-security-token" or "authorization" or "cookie" ? new(header.Key, "…") : header),
        ],
    };
}
