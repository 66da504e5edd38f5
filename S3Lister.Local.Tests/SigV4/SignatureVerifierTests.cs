using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.Tests.SigV4;

public sealed class SignatureVerifierTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 19, 29, TimeSpan.Zero);

    private readonly TestSigner _signer = new() { Identity = LocalIdentities.User, SignedAt = Now };

    private readonly SignatureVerifier _verifier = new(new()
    {
        Service = "execute-api",
        Region = "us-east-1",
        Identities = LocalIdentities.All,
        TimeProvider = new FakeTimeProvider(Now),
    });

    [Fact]
    public void Caller_Is_Who_Signed()
    {
        var role = _signer with { Identity = LocalIdentities.Role, Token = LocalIdentities.Role.SessionToken };

        Assert.Same(LocalIdentities.User, _verifier.Verify(_signer.Sign("/objects?prefix=a")).Identity);
        Assert.Same(LocalIdentities.Role, _verifier.Verify(role.Sign("/objects?prefix=a")).Identity);
    }

    [Theory]
    [InlineData("/objects?prefix=a%20b&max-keys=2", "/objects?max-keys=2&prefix=a%20b")]
    [InlineData("/objects?prefix=a%2fb", "/objects?prefix=a%2Fb")]
    [InlineData("/objects?prefix=a/b", "/objects?prefix=a%2Fb")]
    [InlineData("/objects?prefix", "/objects?prefix=")]
    [InlineData("/objects?a=2&a=1", "/objects?a=1&a=2")]
    [InlineData("/objects?prefix=%E2%82%AC", "/objects?prefix=€")]
    public void Spelling_Of_The_Query_Does_Not_Matter_When_It_Means_The_Same(string original, string sent) =>
        Assert.True(_verifier.Verify(_signer.Sign(original) with { Target = sent }).IsValid);

    [Theory]
    [InlineData("/objects?prefix=b")]
    [InlineData("/objects?prefix=a&max-keys=1")]
    [InlineData("/objects?Prefix=a")]
    [InlineData("/objects?prefix=a%20")]
    [InlineData("/objects?prefix=a&prefix=a")]
    [InlineData("/Objects?prefix=a")]
    [InlineData("/objects")]
    public void Tampered_Target_Is_Refused(string sent) =>
        Assert.Equal(
            SignatureFailure.Mismatch, _verifier.Verify(_signer.Sign("/objects?prefix=a") with { Target = sent }).Failure);

    // A plus sign in a query is a space for the function, so it must be one for the signature too.
    [Theory]
    [InlineData("/objects?prefix=a%20b", "/objects?prefix=a+b", true)]
    [InlineData("/objects?prefix=a+b", "/objects?prefix=a%20b", true)]
    [InlineData("/objects?a%20b=1", "/objects?a+b=1", true)]
    [InlineData("/objects?prefix=a%2Bb", "/objects?prefix=a+b", false)]
    [InlineData("/objects?prefix=a%20b", "/objects?prefix=a%2Bb", false)]
    [InlineData("/a+b", "/a%2Bb", false)]
    [InlineData("/a+b", "/a%20b", false)]
    public void Plus_Is_A_Space_In_A_Query_And_A_Plus_In_A_Path(string original, string sent, bool isValid) =>
        Assert.Equal(isValid, _verifier.Verify(_signer.Sign(original) with { Target = sent }).IsValid);

    [Fact]
    public void Tampered_Method_Body_Or_Host_Is_Refused()
    {
        var request = _signer.Sign("/objects", "POST", "{}"u8.ToArray());

        Assert.True(_verifier.Verify(request).IsValid);
        Assert.False(_verifier.Verify(request with { Method = "PUT" }).IsValid);
        Assert.False(_verifier.Verify(request with { Body = "{ }"u8.ToArray() }).IsValid);
        Assert.False(_verifier.Verify(Replace(request, "Host", "elsewhere")).IsValid);
    }

    [Theory]
    [InlineData(-300, null)]
    [InlineData(-301, SignatureFailure.Expired)]
    [InlineData(300, null)]
    [InlineData(301, SignatureFailure.NotYetCurrent)]
    public void Clocks_May_Differ_By_Five_Minutes(int seconds, object? failure)
    {
        var skewed = _signer with { SignedAt = Now.AddSeconds(seconds) };

        Assert.Equal(failure, _verifier.Verify(skewed.Sign("/objects")).Failure);
    }

    [Fact]
    public void Clock_Skew_Is_Reported_In_The_Words_Of_Aws()
    {
        var early = _verifier.Verify((_signer with { SignedAt = Now.AddMinutes(-10) }).Sign("/"));
        var late = _verifier.Verify((_signer with { SignedAt = Now.AddMinutes(10) }).Sign("/"));

        Assert.Equal(
            "Signature expired: 20261123T180929Z is now earlier than 20261123T181429Z (20261123T181929Z - 5 min.)",
            early.Detail);
        Assert.Equal(
            "Signature not yet current: 20261123T182929Z is still later than 20261123T182429Z (20261123T181929Z + 5 min.)",
            late.Detail);
    }

    [Fact]
    public void Scope_Of_Another_Region_Service_Day_Or_Terminator_Is_Refused()
    {
        TestSigner[] signers =
        [
            _signer with { Service = "s3" },
            _signer with { ScopeDate = "20261122" },
            _signer with { Terminator = "aws4" },
        ];

        Assert.All(signers, signer =>
            Assert.Equal(SignatureFailure.WrongScope, _verifier.Verify(signer.Sign("/objects")).Failure));
        var region = _verifier.Verify((_signer with { Region = "eu-west-1" }).Sign("/"));
        Assert.Equal(SignatureFailure.WrongRegion, region.Failure);
        Assert.Equal("Credential should be scoped to a valid region, not 'eu-west-1'.", region.Detail);
    }

    [Fact]
    public void Wrong_Secret_And_Unknown_Key_Are_Refused()
    {
        var secret = _signer with { Identity = LocalIdentities.User with { SecretAccessKey = "wrong" } };
        var key = _signer with { Identity = LocalIdentities.User with { AccessKeyId = "AKIANOBODY" } };

        Assert.Equal(SignatureFailure.Mismatch, _verifier.Verify(secret.Sign("/objects")).Failure);
        Assert.Equal(SignatureFailure.UnknownAccessKey, _verifier.Verify(key.Sign("/objects")).Failure);
    }

    [Fact]
    public void Session_Needs_Its_Token_And_A_User_Must_Not_Have_One()
    {
        var role = _signer with { Identity = LocalIdentities.Role };

        Assert.Equal(SignatureFailure.InvalidToken, _verifier.Verify(role.Sign("/objects")).Failure);
        Assert.Equal(
            SignatureFailure.InvalidToken, _verifier.Verify((role with { Token = "another" }).Sign("/objects")).Failure);
        Assert.Equal(
            SignatureFailure.InvalidToken,
            _verifier.Verify((_signer with { Token = LocalIdentities.Role.SessionToken }).Sign("/objects")).Failure);
    }

    [Theory]
    [InlineData("x-amz-date")]
    [InlineData("host")]
    public void Headers_That_Matter_Must_Be_Signed(string names) =>
        Assert.Equal(
            SignatureFailure.UnsignedHeader,
            _verifier.Verify((_signer with { SignedHeaders = names }).Sign("/objects")).Failure);

    [Fact]
    public void Added_Amz_Header_Is_Refused_And_Any_Other_Is_Not()
    {
        var request = _signer.Sign("/objects");

        Assert.Equal(
            SignatureFailure.UnsignedHeader,
            _verifier.Verify(request with { Headers = [.. request.Headers, new("X-Amz-Meta", "x")] }).Failure);
        Assert.True(_verifier.Verify(request with { Headers = [.. request.Headers, new("X-Other", "x")] }).IsValid);
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")]
    [InlineData("Signature=[0-9a-f]+", "Signature=")]
    [InlineData("SignedHeaders=host;x-amz-date, ", "")]
    [InlineData("host;x-amz-date", "x-amz-date;host")]
    [InlineData("host;x-amz-date", "Host;x-amz-date")]
    [InlineData("/aws4_request", "")]
    [InlineData("^.*$", "Bearer abc")]
    public void Malformed_Authorization_Is_Refused(string pattern, string replacement)
    {
        var request = _signer.Sign("/objects");
        var header = Regex.Replace(request.Header("authorization")!, pattern, replacement);

        Assert.Equal(SignatureFailure.Malformed, _verifier.Verify(Replace(request, "Authorization", header)).Failure);
    }

    [Fact]
    public void Missing_Or_Odd_Date_Is_Refused()
    {
        var request = _signer.Sign("/objects");

        Assert.Equal(
            SignatureFailure.Malformed,
            _verifier.Verify(Replace(request, "X-Amz-Date", "Mon, 23 Nov 2026 18:19:29 GMT")).Failure);
        Assert.Equal(
            SignatureFailure.Malformed,
            _verifier.Verify(request with { Headers = [.. request.Headers.Where(h => h.Key != "X-Amz-Date")] }).Failure);
    }

    [Fact]
    public void Unsigned_Request_And_Two_Signatures_At_Once_Are_Refused()
    {
        var request = _signer.Sign("/objects?X-Amz-Signature=00");

        Assert.Equal(SignatureFailure.Malformed, _verifier.Verify(request).Failure);
        Assert.Equal(
            SignatureFailure.Missing,
            _verifier.Verify(new SignedRequest("GET", "/objects", [new("Host", "localhost")], default(ReadOnlyMemory<byte>)))
                .Failure);
    }

    private static SignedRequest Replace(SignedRequest request, string name, string value) => request with
    {
        Headers = [.. request.Headers.Select(header => header.Key == name ? new(name, value) : header)],
    };
}
