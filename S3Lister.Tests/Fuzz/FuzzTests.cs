using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Web;
using CsCheck;

namespace S3Lister.Tests.Fuzz;

/// <summary>
/// Random requests to the handlers. <c>S3LISTER_FUZZ_CASES</c> is their number;
/// <c>eng/fuzz.sh</c> sets it to a million.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Cases = int.Parse(
        Environment.GetEnvironmentVariable("S3LISTER_FUZZ_CASES") ?? "5000", CultureInfo.InvariantCulture);

    private readonly ThreadLocal<FuzzedApi> _api = new(() => new());
    private readonly ConcurrentDictionary<string, int> _responses = [];

    public void Dispose() => _api.Dispose();

    [Fact]
    public void Any_Query_Gets_A_Documented_Response()
    {
        Gen.Select(NastyText.Query, Gen.OneOf(FuzzedApi.All, FuzzedApi.All, FuzzedApi.TeamA)).Sample((query, userArn) =>
        {
            var response = _api.Value!.ListObjects(FuzzedApi.Request(query, userArn));

            ResponseRules.Check(response, query);
            Count(response);
        }, iter: Cases / 2);

        Reached("200", "400 InvalidParameter", "400 InvalidContinuationToken", "403 PrefixNotAllowed");
    }

    [Fact]
    public void Any_Token_Is_Refused_Or_Returns_Its_Own_Page()
    {
        FuzzedApi api = new();
        var pages = NastyText.ValidQueries
            .Select(query => (Query: query, Token: api.ListObjects(FuzzedApi.Request(query)).NextToken))
            .Where(page => page.Token is not null)
            .Select(page => (page.Query, Token: page.Token!, Next: api.ListObjects(FuzzedApi.Request(With(page.Query, page.Token!)))))
            .ToArray();

        Gen.Select(Gen.OneOf(pages), Gen.OneOf(pages)).SelectMany((page, other) => Gen.Select(Gen.Const(page), Gen.Frequency(
            (5, NastyText.Mutant(Gen.Const(page.Token))),
            (5, Gen.Select(Gen.Int[0, 4096], Gen.Byte[1, 255], (place, bits) => FlipBits(page.Token, place, bits))),
            (1, NastyText.Text),
            (1, Gen.Const(other.Token)),
            (1, Gen.Const(page.Token))))).Sample((page, token) =>
            {
                var response = _api.Value!.ListObjects(FuzzedApi.Request(With(page.Query, token)));

                ResponseRules.Check(response, page.Query);
                Count(response);
                if (response.Status == 200)
                {
                    Assert.Equal(page.Token, HttpUtility.ParseQueryString(With(page.Query, token))["continuation-token"]);
                    Assert.Equal(page.Next.Body, response.Body);
                }
            }, iter: Cases / 4);

        Reached("200", "400 InvalidContinuationToken");
    }

    [Fact]
    public void Any_Header_Gets_A_Documented_Response()
    {
        var tag = new FuzzedApi().ListObjects(FuzzedApi.Request("")).Headers["etag"];
        var accept = Header("application/json, application/x-ndjson;q=0.5, text/csv;q=0.1", "text/csv", "application/x-ndjson", "*/*");
        var acceptEncoding = Header("gzip, deflate, br", "br;q=0.5, gzip;q=1.0", "*");
        var ifNoneMatch = Header(tag, $"\"a\", {tag}", "*");

        Gen.Select(Gen.OneOf(NastyText.ValidQueries), accept, acceptEncoding, ifNoneMatch, Gen.Bool).Sample(
            (query, accept, acceptEncoding, ifNoneMatch, isHead) =>
            {
                var request = FuzzedApi.Request(
                    query, FuzzedApi.All, ("accept", accept), ("accept-encoding", acceptEncoding), ("if-none-match", ifNoneMatch));
                request.RequestContext.Http.Method = isHead ? "HEAD" : "GET";

                var response = _api.Value!.ListObjects(request);

                ResponseRules.Check(response, query, isHead);
                Count(response);
            }, iter: Cases / 5);

        Reached("200", "304", "406 NotAcceptable");
    }

    [Fact]
    public void Any_Query_Of_Health_Gets_A_Documented_Response()
    {
        NastyText.Query.Sample(query =>
        {
            var response = _api.Value!.Health(FuzzedApi.Request(query));

            Assert.Equal(query.Trim('&').Length == 0 ? 200 : 400, response.Status);
            Assert.True(response.Status == 200 || KnownProblems.Contain(response.Body));
            Count(response);
        }, iter: Cases / 20);

        Reached("200", "400 InvalidParameter");
    }

    private static Gen<string?> Header(params string[] valid) => Gen.Frequency(
        (2, Gen.Const((string?)null)),
        (2, Gen.OneOf(valid)!),
        (3, NastyText.Mutant(Gen.OneOf(valid))!),
        (1, NastyText.Text!));

    private static string FlipBits(string token, int place, byte bits)
    {
        var bytes = Base64Url.DecodeFromChars(token);
        bytes[place % bytes.Length] ^= bits;
        return Base64Url.EncodeToString(bytes);
    }

    private static string With(string query, string token) => $"{query}&continuation-token={token}";

    private void Count(Envelope response) => _responses.AddOrUpdate(
        response.Headers.TryGetValue("content-type", out var type) && type == "application/problem+json" && response.Body.Length > 0
            ? $"{response.Status} {response.Code}"
            : $"{response.Status}",
        1, static (_, count) => count + 1);

    /// <summary>A run without these responses has tested little.</summary>
    private void Reached(params string[] responses)
    {
        output.WriteLine($"{_responses.Values.Sum()} cases: {string.Join(", ", _responses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {pair.Key}"))}");
        Assert.All(responses, response => Assert.Contains(response, _responses.Keys));
    }
}
