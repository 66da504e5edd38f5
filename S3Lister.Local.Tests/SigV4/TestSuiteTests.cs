using Microsoft.Extensions.Time.Testing;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.Tests.SigV4;

/// <summary>
/// AWS's published vectors: the Signature Version 4 test suite, and the examples of
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
/// </summary>
public sealed class TestSuiteTests
{
    private const string Date = "20150830T123600Z";
    private const string Scope = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("get-vanilla", "GET /", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-vanilla-query-order-key-case", "GET /?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("get-vanilla-empty-query-key", "GET /?Param1=value1", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb")]
    [InlineData("get-vanilla-query-unreserved", "GET /?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")]
    [InlineData("get-vanilla-utf8-query", "GET /?ሴ=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData("get-utf8", "GET /ሴ", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("get-space", "GET /example space/", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741")]
    [InlineData("get-relative", "GET /example/..", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-relative-relative", "GET /example1/example2/../..", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-slash", "GET //", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-slash-dot-slash", "GET /./", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-slashes", "GET //example//", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84")]
    [InlineData("get-slash-pointless-dot", "GET /./example", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5")]
    [InlineData("post-vanilla", "POST /", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void Signature_Is_That_Of_The_Test_Suite(string name, string line, string signature)
    {
        var parts = line.Split(' ', 2);
        var result = Verify(parts[0], parts[1], signature, ("Host", "example.amazonaws.com"), ("X-Amz-Date", Date));

        Assert.True(result.IsValid, $"{name}: {result.Detail}");
    }

    [Theory]
    [InlineData("get-header-key-duplicate", "value2,value2,value1", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea")]
    [InlineData("get-header-value-order", "value4,value1,value3,value2", "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01")]
    public void Repeated_Headers_Keep_Their_Order(string name, string values, string signature)
    {
        var headers = values.Split(',').Select(value => ("My-Header1", value));

        var result = Verify(
            "GET", "/", signature, [("Host", "example.amazonaws.com"), .. headers, ("X-Amz-Date", Date)]);

        Assert.True(result.IsValid, $"{name}: {result.Detail}");
    }

    [Fact]
    public void Spaces_In_Header_Values_Are_Collapsed()
    {
        var result = Verify(
            "GET",
            "/",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
            ("Host", "example.amazonaws.com"),
            ("My-Header1", " value1"),
            ("My-Header2", " \"a   b   c\""),
            ("X-Amz-Date", Date));

        Assert.True(result.IsValid, result.Detail);
    }

    [Fact]
    public void Body_Is_Part_Of_The_Signature()
    {
        (string, string)[] headers =
            [("Content-Type", "application/x-www-form-urlencoded"), ("Host", "example.amazonaws.com"), ("X-Amz-Date", Date)];
        const string Signature = "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";

        Assert.True(Verify("POST", "/", Signature, "Param1=value1"u8.ToArray(), headers).IsValid);
        Assert.Equal(
            SignatureFailure.Mismatch, Verify("POST", "/", Signature, "Param1=value2"u8.ToArray(), headers).Failure);
    }

    [Theory]
    [InlineData("GET", "/test.txt", "range;", "bytes=0-9", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("GET", "/?lifecycle", "", null, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/?max-keys=2&prefix=J", "", null, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void S3_Examples_Are_Valid(string method, string target, string extraSigned, string? range, string signature)
    {
        var headers = Pairs(
            ("Host", "examplebucket.s3.amazonaws.com"),
            ("x-amz-content-sha256", EmptyHash),
            ("x-amz-date", "20130524T000000Z"),
            ("Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + $"SignedHeaders=host;{extraSigned}x-amz-content-sha256;x-amz-date, Signature={signature}"));
        if (range is not null)
        {
            headers.Add(new("Range", range));
        }

        var result = S3Verifier().Verify(new SignedRequest(method, target, headers, null));

        Assert.True(result.IsValid, result.Detail);
    }

    [Theory]
    [InlineData(86_400, null)]
    [InlineData(86_401, SignatureFailure.Expired)]
    public void S3_Presigned_Example_Is_Valid_Until_It_Expires(int seconds, object? failure)
    {
        const string Target = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        var headers = Pairs(("Host", "examplebucket.s3.amazonaws.com"));

        var result = S3Verifier(TimeSpan.FromSeconds(seconds)).Verify(new SignedRequest("GET", Target, headers, null));

        Assert.Equal(failure, result.Failure);
    }

    private static SignatureVerifier S3Verifier(TimeSpan age = default) => Verifier(
        "s3", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), age);

    private static SignatureVerifier Verifier(
        string service, string key, string secret, DateTimeOffset signedAt, TimeSpan age) => new(new()
        {
            Service = service,
            Region = "us-east-1",
            Identities =
            [
                new()
                {
                    AccessKeyId = key, SecretAccessKey = secret, AccountId = "1", UserArn = "arn", UserId = "id",
                },
            ],
            TimeProvider = new FakeTimeProvider(signedAt + age),
        });

    private static SignatureResult Verify(
        string method, string target, string signature, params (string, string)[] headers) =>
        Verify(method, target, signature, default, headers);

    private static SignatureResult Verify(
        string method, string target, string signature, ReadOnlyMemory<byte> body, (string, string)[] headers)
    {
        var signed = string.Join(';', headers.Select(header => header.Item1.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));
        var all = Pairs(headers);
        all.Add(new(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={Scope}, SignedHeaders={signed}, Signature={signature}"));
        var verifier = Verifier(
            "service",
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero),
            TimeSpan.Zero);
        return verifier.Verify(new SignedRequest(method, target, all, body));
    }

    private static List<KeyValuePair<string, string>> Pairs(params (string Name, string Value)[] headers) =>
        [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))];
}
