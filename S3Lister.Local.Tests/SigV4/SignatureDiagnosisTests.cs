using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using S3Lister.Local.SigV4;
using S3Lister.Local.SigV4.Diagnosis;

namespace S3Lister.Local.Tests.SigV4;

/// <summary>Requests signed with one mistake or two, and what the console says about each.</summary>
public sealed class SignatureDiagnosisTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 19, 29, TimeSpan.Zero);

    private static readonly SignatureVerifierOptions Options = new()
    {
        Service = "execute-api",
        Region = "us-east-1",
        Identities = LocalIdentities.All,
        TimeProvider = new FakeTimeProvider(Now),
    };

    private readonly TestSigner _signer = new() { Identity = LocalIdentities.User, SignedAt = Now };

    [Theory]
    [InlineData("prefix=a&delimiter=%2F", "it is not sorted. Write ?delimiter=%2F&prefix=a")]
    [InlineData("delimiter=/&prefix=a%20b", "/ must be written %2F. Write ?delimiter=%2F&prefix=a%20b")]
    [InlineData("prefix=a%2fb", "the digits after % must be upper case (%2F, not %2f). Write ?prefix=a%2Fb")]
    [InlineData("prefix=%61", "letters, digits and -._~ must not be percent-encoded. Write ?prefix=a")]
    [InlineData("prefix=a+b", "+ is a space: it must be written %20, and a plus sign %2B. Write ?prefix=a%20b")]
    [InlineData("prefix", "a parameter without a value must end with =. Write ?prefix=")]
    [InlineData("prefix=ü", "characters beyond ASCII must be percent-encoded as UTF-8. Write ?prefix=%C3%BC")]
    [InlineData("prefix=a:b&max-keys=1", "it is not sorted, : must be written %3A. Write ?max-keys=1&prefix=a%3Ab")]
    [InlineData("prefix=b&prefix=a", "it is not sorted. Write ?prefix=a&prefix=b")]
    [InlineData("prefix=%", "% must be written %25. Write ?prefix=%25")]
    public void Query_That_Was_Signed_As_Written_Is_Explained(string query, string advice) =>
        Assert.Equal(
            [$"The query was signed as it is written, and {advice}"],
            Explain($"/objects?{query}", canonical => canonical with { Query = query }));

    [Theory]
    [InlineData("prefix=a%2Bb", "prefix=a+b", "+ was signed as %2B, and a + in a query is a space: send a plus sign as %2B. Write ?prefix=a%20b")]
    [InlineData("prefix=a+b", "prefix=a%20b", "A space was signed as +; it must be signed as %20.")]
    [InlineData("prefix=a/b", "prefix=a%2Fb", "/ in a value was signed as it is; it must be signed as %2F.")]
    [InlineData("prefix=a%20(b)", "prefix=a%20%28b%29", "! ' ( ) * were signed as they are; they must be signed as %21 %27 %28 %29 %2A.")]
    [InlineData("prefix=%7E+*", "prefix=~%20%2A", "The query was signed as a form encodes it; it must be signed with %20 for a space, ~ as it is and %2A for *.")]
    [InlineData("prefix=a%2fb", "prefix=a%2Fb", "The digits after % were signed in lower case; they must be upper case (%2F, not %2f).")]
    [InlineData("prefix=a%252Fb", "prefix=a%2Fb", "The query was percent-encoded twice before it was signed; encode it once.")]
    [InlineData("prefix=a b:c", "prefix=a%20b%3Ac", "The query was signed without percent-encoding; it must be signed percent-encoded.")]
    [InlineData("prefix=b&max-keys=1", "prefix=b&max-keys=%31", "The query was signed in the order in which it was sent; it must be sorted. Write ?max-keys=1&prefix=b")]
    [InlineData("a=1&B=2", "B=2&a=1", "The query was sorted without regard to case; upper case comes before lower case (X-Amz-Date before prefix).")]
    [InlineData("a=2&a=1&b=1", "b=1&a=2&a=1", "Parameters of the same name must be sorted by value.")]
    [InlineData("", "prefix=a&prefix=b", "The query was not signed; all of it must be.")]
    [InlineData("prefix=a", "max-keys=1&prefix=a", "The query parameter max-keys was added after signing; it must be signed.")]
    public void Query_That_Was_Signed_Otherwise_Is_Explained(string original, string sent, string advice) =>
        Assert.Equal([advice], Explain($"/objects?{sent}", canonical => canonical with { Query = original }));

    [Theory]
    [InlineData("/objects", "/objects/", "The path was signed without the / at its end.")]
    [InlineData("/objects/", "/objects", "The path was signed with a / at its end.")]
    [InlineData("/a%20b", "/a%20b", "The path was percent-encoded once, as for S3; execute-api has it encoded twice and normalized: sign /a%2520b")]
    [InlineData("/a b", "/a%20b", "The path was signed without percent-encoding; sign /a%2520b")]
    [InlineData("/a/../b", "/a/../b", "The path was percent-encoded once, as for S3; execute-api has it encoded twice and normalized: sign /b")]
    [InlineData("/", "/objects", "The path was signed as /; sign /objects")]
    public void Path_Is_Explained(string original, string sent, string advice) =>
        Assert.Equal([advice], Explain(sent, canonical => canonical with { Path = original }));

    [Theory]
    [InlineData("localhost", "127.0.0.1:5387")]
    [InlineData("127.0.0.1", "127.0.0.1:5387")]
    [InlineData("localhost:5387", "127.0.0.1:5387")]
    [InlineData("127.0.0.1:5387", "localhost:5387")]
    public void Host_Is_Explained(string original, string sent) => Assert.Equal(
        [$"The host header was signed as {original} and sent as {sent}: sign the one that is sent."],
        Explain("/objects", canonical => WithHeader(canonical, "host", original), host: sent));

    [Fact]
    public void Method_Is_Explained() => Assert.Equal(
        ["The request was signed as HEAD and sent as GET."], Explain("/objects", canonical => canonical with { Method = "HEAD" }));

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", "The payload was signed as UNSIGNED-PAYLOAD, which only S3 accepts: sign the SHA-256 of the body.")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "The request was signed without its body: sign the SHA-256 of the body.")]
    [InlineData("", "The hash of the payload was left out of what was signed: sign the SHA-256 of the body, an empty one too.")]
    public void Payload_Is_Explained(string hash, string advice) =>
        Assert.Equal([advice], Explain("/objects", canonical => canonical with { PayloadHash = hash }, body: "body"u8.ToArray()));

    [Theory]
    [InlineData("{0}\n", "The secret key was used with a line break at its end.")]
    [InlineData("{0}\r\n", "The secret key was used with a line break at its end.")]
    [InlineData("{0} ", "The secret key was used with a space at its end.")]
    [InlineData("'{0}'", "The secret key was used with its quotation marks.")]
    [InlineData("local-all%2Fsecret-for-this-machine-only-1", "The secret key was percent-encoded; use it as it is.")]
    [InlineData("team-a/secret-for-this-machine-only-0001", "The secret key is that of ASIALOCALTEAMAEXAMP1, another access key than the one in the request.")]
    public void Wrong_Secret_Is_Explained_And_Not_Revealed(string format, string advice)
    {
        var secret = string.Format(CultureInfo.InvariantCulture, format, LocalIdentities.User.SecretAccessKey);

        Assert.Equal([advice], Explain("/objects", canonical => canonical, secret: secret));
    }

    [Fact]
    public void Two_Mistakes_Are_Explained_Together() => Assert.Equal(
        [
            "The query was signed as it is written, and it is not sorted. Write ?max-keys=1&prefix=a",
            "The host header was signed as localhost and sent as 127.0.0.1:5387: sign the one that is sent.",
        ],
        Explain(
            "/objects?prefix=a&max-keys=1",
            canonical => WithHeader(canonical with { Query = "prefix=a&max-keys=1" }, "host", "localhost"),
            host: "127.0.0.1:5387"));

    [Fact]
    public void Unknown_Mistake_Shows_The_Canonical_Request_And_No_Secret()
    {
        var role = LocalIdentities.Role;

        var lines = Explain("/objects?prefix=a", canonical => canonical, identity: role, secret: "wrong");

        Assert.StartsWith("The secret key is wrong, or the request is not the one that was signed", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["  GET", "  /objects", "  prefix=a", "  host:localhost", "  x-amz-date:20261123T181929Z", "  x-amz-security-token:…"],
            lines.Skip(2).Take(6));
        Assert.DoesNotContain(lines, line => line.Contains(role.SecretAccessKey, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(role.SessionToken!, StringComparison.Ordinal));
    }

    [Fact]
    public void Signed_Header_That_Was_Not_Sent_Is_Named()
    {
        var signer = _signer with { SignedHeaders = "accept;host;x-amz-date" };
        var request = signer.Sign("/objects");
        var authorization = request.Header("authorization")!;
        var otherSignature = $"{authorization[..^2]}{(authorization.EndsWith("00", StringComparison.Ordinal) ? "11" : "00")}";

        Assert.Contains(
            "The header accept is among the signed headers and was not sent.",
            Explain(Replace(request, "Authorization", otherSignature)));
    }

    [Fact]
    public void Signature_In_Upper_Case_Is_Explained()
    {
        var request = _signer.Sign("/objects");
        var authorization = request.Header("authorization")!;
        var at = authorization.IndexOf("Signature=", StringComparison.Ordinal) + "Signature=".Length;

        Assert.Equal(
            ["The signature is right except for its case; it must be lower-case hexadecimal."],
            Explain(Replace(request, "Authorization", authorization[..at] + authorization[at..].ToUpperInvariant())));
    }

    [Fact]
    public void Clock_Region_Service_Day_Key_And_Token_Are_Explained()
    {
        var role = _signer with { Identity = LocalIdentities.Role };

        Assert.Equal(
            [
                "The request was signed 12 minutes ago, and 5 minutes are allowed: the clock that signed it is slow, or an old request was sent again.",
                "The request was signed 7 minutes in the future, and 5 minutes are allowed: the clock that signed it is fast.",
                "The signature is for the region eu-west-1: sign for us-east-1.",
                "The signature is for the service s3: sign for execute-api.",
                "The date of the credential scope is 20261122, and X-Amz-Date says 20261123T181929Z: both are in UTC, and must be the same day.",
                "No caller here has this access key. Use AKIALOCALALLEXAMPLE1 or ASIALOCALTEAMAEXAMP1.",
                "This access key is temporary: send its session token as x-amz-security-token, and sign that too.",
                "The session token is not that of this access key: send the x-amz-security-token that came with it.",
                "This access key is a user's and has no session token: send no x-amz-security-token. (AWS_SESSION_TOKEN may be set for another key.)",
                "Sign host, and every x-amz-… header that is sent.",
                "The request is not signed: sign it for the service execute-api in us-east-1.",
            ],
            new[]
            {
                (_signer with { SignedAt = Now.AddMinutes(-12) }).Sign("/"),
                (_signer with { SignedAt = Now.AddMinutes(7) }).Sign("/"),
                (_signer with { Region = "eu-west-1" }).Sign("/"),
                (_signer with { Service = "s3" }).Sign("/"),
                (_signer with { ScopeDate = "20261122" }).Sign("/"),
                (_signer with { Identity = LocalIdentities.User with { AccessKeyId = "AKIANOBODY" } }).Sign("/"),
                role.Sign("/"),
                (role with { Token = "another" }).Sign("/"),
                (_signer with { Token = "token" }).Sign("/"),
                (_signer with { SignedHeaders = "host" }).Sign("/"),
                new SignedRequest("GET", "/", [new("Host", "localhost")], default(ReadOnlyMemory<byte>)),
            }.Select(request => Assert.Single(Explain(request))));
    }

    [Theory]
    [InlineData("X-Amz-Signature=00", "The query must have X-Amz-Algorithm exactly once, with a value.")]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256", "The query must have X-Amz-Signature exactly once, with a value.")]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=1&X-Amz-Date=2", "The query must have X-Amz-Date exactly once, with a value.")]
    [InlineData("X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256", "X-Amz-Algorithm must be AWS4-HMAC-SHA256.")]
    [InlineData("X-Amz-Signature=00&X-Amz-Expires=604801", "X-Amz-Expires must be a number of seconds from 1 to 604800.")]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-SignedHeaders=", "The query must have X-Amz-SignedHeaders exactly once, with a value.")]
    [InlineData("X-Amz-Signature=&X-Amz-Expires=1", "The query must have X-Amz-Signature exactly once, with a value.")]
    [InlineData("X-Amz-Credential=AKIA", "X-Amz-Credential must be ACCESS_KEY/DATE/REGION/SERVICE/aws4_request, with / as %2F.")]
    public void Incomplete_Presigned_Query_Is_Explained(string query, string advice) => Assert.Contains(
        advice, Explain(new SignedRequest("GET", $"/?{query}", [new("Host", "localhost")], default(ReadOnlyMemory<byte>))));

    [Theory]
    [InlineData("Bearer abc", "The Authorization header is not a complete one of AWS4-HMAC-SHA256.")]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=a", "The signature is of version 4a; sign with AWS4-HMAC-SHA256.")]
    public void Other_Authorization_Is_Explained(string header, string advice) => Assert.StartsWith(
        advice, Assert.Single(Explain(Replace(_signer.Sign("/"), "Authorization", header))), StringComparison.Ordinal);

    // Signs the canonical request that the caller's mistake makes of the right one.
    private IReadOnlyList<string> Explain(
        string target,
        Func<CanonicalRequest, CanonicalRequest> mistake,
        string host = "localhost",
        byte[]? body = null,
        Identity? identity = null,
        string? secret = null)
    {
        var signer = _signer with { Identity = identity ?? LocalIdentities.User, Token = identity?.SessionToken };
        var request = Replace(signer.Sign(target, body: body ?? []), "Host", host);
        Assert.True(Authorization.TryParseHeader(request, request.Header("authorization")!, out var right));
        var canonical = CanonicalRequest.From(request, right.SignedHeaders, Signature.HashHex(body), isS3: false);
        var signature = Signature.Compute(
            secret ?? signer.Identity.SecretAccessKey, right.Scope, right.Date, mistake(canonical).ToString());
        return Explain(Replace(
            request,
            "Authorization",
            request.Header("authorization")!.Replace(right.Signature, signature, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Explain(SignedRequest request)
    {
        var result = new SignatureVerifier(Options).Verify(request);
        Assert.False(result.IsValid);
        return new SignatureDiagnosis(Options).Explain(request, result.Failure.Value);
    }

    private static CanonicalRequest WithHeader(CanonicalRequest canonical, string name, string value) => canonical with
    {
        Headers = [.. canonical.Headers.Select(header => header.Key == name ? new(name, value) : header)],
    };

    private static SignedRequest Replace(SignedRequest request, string name, string value) => request with
    {
        Headers = [.. request.Headers.Select(header => header.Key == name ? new(name, value) : header)],
    };
}
