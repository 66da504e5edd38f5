using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.Gateway;

namespace S3Lister.Tests.Contract;

/// <summary>
/// The generated handlers in this process, with the embedded S3. They read events as API Gateway writes them, and
/// their responses are read as API Gateway reads them.
/// </summary>
public sealed class GeneratedApi : IAsyncLifetime
{
    public const string TeamRole = "arn:aws:sts::123456789012:assumed-role/team-a/anybody";

    /// <summary>All keys except those under <c>many/</c>, in S3's order.</summary>
    public static readonly string[] Keys =
        ["a b+c.txt", "logs/1.txt", "logs/2026/01.gz", "logs/2026/02.gz", "logs/3.txt", "team-a/x", "team-b/y"];

    // Environment variables belong to the process, so only one API at a time can be composed.
    private static readonly Lock Composing = new();

    private TestBucket _bucket = null!;
    private ListingFunctions_ListObjects_Generated _listObjects = null!;
    private ListingFunctions_Summary_Generated _summary = null!;
    private ListingFunctions_Health_Generated _health = null!;
    private AccessFunctions_DescribeAccess_Generated _access = null!;

    /// <summary>Whether S3 denies every request.</summary>
    public bool IsDenied { get; set; }

    /// <summary>Whether S3 fails every request.</summary>
    public bool IsFailing { get; set; }

    internal S3Lister.Local.EmbeddedS3.RequestWeather Weather => _bucket.Server.Weather;

    public async ValueTask InitializeAsync()
    {
        InMemoryObjectStore store = new(Keys
            .Concat(Enumerable.Range(0, 1100).Select(i => $"many/{i:D4}"))
            .Select((key, number) => new StoredObject(Encoding.UTF8.GetBytes(key), new ObjectInfo
            {
                // Object n has n KiB and was modified on day n.
                Size = number * 1024,
                LastModified = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number).ToUnixTimeSeconds(),
                ETag = new ETag(1, (ulong)number, 0),
                StorageClass = number == 1 ? StorageClass.GlacierIR : StorageClass.Standard,
            })));
        _bucket = await TestBucket.StartAsync(
            store, options => options with { Authenticate = _ => IsDenied ? S3Error.AccessDenied : IsFailing ? new S3Error("InternalError", "We encountered an internal error. Please try again.", 500) : null });
        Compose(new()
        {
            ["S3LISTER_BUCKET"] = TestBucket.Name,
            ["S3LISTER_ENDPOINT"] = _bucket.Server.Endpoint.GetLeftPart(UriPartial.Authority),
            ["S3LISTER_FORCE_PATH_STYLE"] = "true",
            ["S3LISTER_EXPECTED_BUCKET_OWNER"] = "123456789012",
            ["S3LISTER_GRANTS"] = $$"""
                [{"principal":"{{GatewayEvent.UserArn}}","prefixes":[""]},
                 {"principal":"arn:aws:iam::123456789012:role/team-a","prefixes":["team-a/"]}]
                """,
        });
    }

    public ValueTask DisposeAsync() => _bucket.DisposeAsync();

    internal async Task<Reply> ListAsync(
        string query = "", string userArn = GatewayEvent.UserArn, string method = "GET", FunctionContext? context = null,
        params (string Name, string Value)[] headers)
    {
        using var response = await _listObjects.ListObjects(
            GatewayEvent.Get("/objects", query, userArn, method, headers), context ?? new FunctionContext());
        return Reply.Read(response);
    }

    internal async Task<Reply> SummaryAsync(
        string query = "", string userArn = GatewayEvent.UserArn, string method = "GET", FunctionContext? context = null,
        params (string Name, string Value)[] headers)
    {
        using var response = await _summary.Summary(
            GatewayEvent.Get("/summary", query, userArn, method, headers), context ?? new FunctionContext());
        return Reply.Read(response);
    }

    internal async Task<Reply> HealthAsync(string query = "", string method = "GET")
    {
        using var response = await _health.Health(GatewayEvent.Get("/health", query, method: method), new FunctionContext());
        return Reply.Read(response);
    }

    internal async Task<Reply> AccessAsync(string query = "", string userArn = GatewayEvent.UserArn, string method = "GET")
    {
        using var response = await _access.DescribeAccess(GatewayEvent.Get("/access", query, userArn, method), new FunctionContext());
        return Reply.Read(response);
    }

    internal async Task<Reply> ListAsync(APIGatewayHttpApiV2ProxyRequest request)
    {
        using var response = await _listObjects.ListObjects(request, new FunctionContext());
        return Reply.Read(response);
    }

    private void Compose(Dictionary<string, string> variables)
    {
        lock (Composing)
        {
            foreach (var (name, value) in variables)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            try
            {
                (_listObjects, _summary, _health, _access) = (new(), new(), new(), new());
            }
            finally
            {
                foreach (var name in variables.Keys)
                {
                    Environment.SetEnvironmentVariable(name, null);
                }
            }
        }
    }
}

/// <summary>A handler's response as API Gateway returns it to the caller.</summary>
internal sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Body) : ApiResponse(Status, Body)
{
    /// <summary>The status, the code and the parameter of a problem.</summary>
    public (int Status, string? Code, string? Parameter) Problem
    {
        get
        {
            Assert.True(Headers["content-type"] == "application/problem+json", Body);
            Assert.Equal(Status, Json.GetProperty("status").GetInt32());
            Assert.Equal(GatewayEvent.RequestId, Json.GetProperty("requestId").GetString());
            var parameter = Json.TryGetProperty("parameter", out var named) ? named.GetString() : null;
            return (Status, Code, parameter);
        }
    }

    public static Reply Read(Stream envelope)
    {
        using MemoryStream copy = new();
        envelope.CopyTo(copy);
        var response = ProxyResponse.Read(copy.ToArray());
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value);
        return new(response.StatusCode, headers, Decode(response.Body.ToArray(), headers.GetValueOrDefault("content-encoding")));
    }
}
