namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>The mistakes that signers make with the rest of a request, and what happens to one on its way.</summary>
internal static class RequestVariants
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

    public static IEnumerable<Variant> Of(SignedRequest request, SigningAttempt actual) =>
        [
            .. OfMethod(request.Method),
            .. OfPath(request.Path),
            .. OfHost(request.Header("host") ?? ""),
            .. OfHeaders(request, actual),
            .. OfPayload(request),
        ];

    private static IEnumerable<Variant> OfMethod(string sent) =>
        from method in Methods
        where method != sent
        select new Variant(
            SigningPart.Method,
            attempt => attempt with { Request = attempt.Request with { Method = method } },
            $"The request was signed as {method} and sent as {sent}.");

    private static IEnumerable<Variant> OfPath(string path)
    {
        var (once, right) = (CanonicalPath.OfS3(path), CanonicalPath.Of(path));
        yield return Path(once, $"The path was percent-encoded once, as for S3; execute-api has it encoded twice and normalized: sign {right}");
        yield return Path(path, $"The path was signed as it is written; sign {right}");
        yield return Path(UriEncoding.DecodeText(path), $"The path was signed without percent-encoding; sign {right}");
        yield return Path(right.TrimEnd('/') is { Length: > 0 } bare ? bare : "/", "The path was signed without the / at its end.");
        yield return Path($"{right}/", "The path was signed with a / at its end.");
        yield return Path("/", $"The path was signed as /; sign {right}");
        yield return Path("", $"The path was left out of what was signed; sign {right}");
    }

    private static IEnumerable<Variant> OfHost(string sent)
    {
        var colon = sent.LastIndexOf(':');
        var (name, port) = colon < 0 ? (sent, "") : (sent[..colon], sent[colon..]);
        return from host in new[] { name, "localhost", "127.0.0.1", "[::1]" }
               from signed in new[] { host, host + port }
               where signed != sent
               select new Variant(
                   SigningPart.Headers,
                   attempt => attempt.WithHeader("host", signed),
                   $"The host header was signed as {signed} and sent as {sent}: sign the one that is sent.");
    }

    // Clients and proxies add, drop and rewrite headers after the signature is made.
    private static IEnumerable<Variant> OfHeaders(SignedRequest request, SigningAttempt actual)
    {
        foreach (var (name, value) in actual.Request.Headers)
        {
            var raw = request.Header(name) ?? "";
            yield return Header(name, raw, $"The value of {name} was signed with its spaces; sign it trimmed, with one space between words.");
            yield return Header(
                name,
                value.Replace(",", ", ", StringComparison.Ordinal),
                $"The lines of {name} were joined with a comma and a space; join them with a comma.");
            yield return Header(name, "", $"{name} was signed empty and sent with a value: something set it after signing.");
        }
    }

    private static IEnumerable<Variant> OfPayload(SignedRequest request)
    {
        yield return Payload(
            SignatureVerifier.UnsignedPayload, "The payload was signed as UNSIGNED-PAYLOAD, which only S3 accepts: sign the SHA-256 of the body.");
        yield return Payload(Signature.HashHex([]), "The request was signed without its body: sign the SHA-256 of the body.");
        yield return Payload("", "The hash of the payload was left out of what was signed: sign the SHA-256 of the body, an empty one too.");
        if (request.Header(SignatureVerifier.ContentHashHeader) is { } sent)
        {
            yield return Payload(sent, $"{SignatureVerifier.ContentHashHeader} is not the SHA-256 of the body that was sent.");
        }
    }

    private static Variant Path(string path, string advice) =>
        new(SigningPart.Path, attempt => attempt.WithPath(path), advice);

    private static Variant Header(string name, string value, string advice) =>
        new(SigningPart.Headers, attempt => attempt.WithHeader(name, value), advice);

    private static Variant Payload(string hash, string advice) =>
        new(SigningPart.Payload, attempt => attempt with { Request = attempt.Request with { PayloadHash = hash } }, advice);
}
