namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>The wrong secret keys that can be guessed. No secret is part of an advice.</summary>
internal static class SecretVariants
{
    public static IEnumerable<Variant> Of(string secret, IEnumerable<Identity> others)
    {
        yield return Secret($"{secret}\n", "The secret key was used with a line break at its end.");
        yield return Secret($"{secret}\r\n", "The secret key was used with a line break at its end.");
        yield return Secret($"{secret}\r", "The secret key was used with a carriage return at its end.");
        yield return Secret($"{secret} ", "The secret key was used with a space at its end.");
        yield return Secret($" {secret}", "The secret key was used with a space before it.");
        yield return Secret($"\"{secret}\"", "The secret key was used with its quotation marks.");
        yield return Secret($"'{secret}'", "The secret key was used with its quotation marks.");
        yield return Secret(UriEncoding.Encode(secret), "The secret key was percent-encoded; use it as it is.");
        yield return Secret("", "The secret key was empty.");
        foreach (var other in others)
        {
            yield return Secret(
                other.SecretAccessKey, $"The secret key is that of {other.AccessKeyId}, another access key than the one in the request.");
        }
    }

    private static Variant Secret(string secret, string advice) =>
        new(SigningPart.Secret, attempt => attempt with { Secret = secret }, advice);
}
