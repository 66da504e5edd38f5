using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.Gateway;

namespace S3Lister.Tests.Contract;

/// <summary>
/// The handlers that the generator writes, in this process, in front of the embedded S3: they read events that API
/// Gateway writes, and their answers are read as API Gateway reads them.
/// </summary>
public sealed class GeneratedApi : IAsyncLifetime
{
    public const string TeamRole = "arn:aws:sts::123456789012:assumed-role/team-a/anybody";

    /// <summary>All keys but the thousand and more under <c>many/</c>, in S3's order.</summary>
    public static readonly string[] Keys =
        ["a b+c.txt", "logs/1.txt", "logs/2026/01.gz", "logs/2026/02.gz", "logs/3.txt", "team-a/x", "team-b/y"];

    // Variables belong to the process: two of these must not be composed at once.
    private static readonly Lock Composing = new();

    private TestBucket _bucket = null!;
    private ListingFunctions_ListObjects_Generated _listObjects = null!;
    private ListingFunctions_Summary_Generated _summary = null!;
    private ListingFunctions_Health_Generated _health = null!;

    /// <summary>Whether S3 denies the function's role everything.</summary>
    public bool IsDenied { get; set; }

    /// <summary>Whether S3 fails at every request.</summary>
    public bool IsFailing { get; set; }

    internal S3Lister.Local.EmbeddedS3.RequestWeather Weather => _bucket.Server.Weather;

    public async ValueTask InitializeAsync()
    {
        InMemoryObjectStore store = new(Keys
            .Concat(Enumerable.Range(0, 1100).Select(i => $"many/{i:D4}"))
            .Select((key, number) => new StoredObject(Encoding.UTF8.GetBytes(key), new ObjectInfo
            {
                // 0, 1, 2 and so on: KiB, days of the year and storage classes.
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
        using var answer = await _listObjects.ListObjects(
            GatewayEvent.Get("/objects", query, userArn, method, headers), context ?? new FunctionContext());
        return Reply.Read(answer);
    }

    internal async Task<Reply> SummaryAsync(
        string query = "", string userArn = GatewayEvent.UserArn, string method = "GET", FunctionContext? context = null,
        params (string Name, string Value)[] headers)
    {
        using var answer = await _summary.Summary(
            GatewayEvent.Get("/summary", query, userArn, method, headers), context ?? new FunctionContext());
        return Reply.Read(answer);
    }

    internal async Task<Reply> HealthAsync(string query = "", string method = "GET")
    {
        using var answer = await _health.Health(GatewayEvent.Get("/health", query, method: method), new FunctionContext());
        return Reply.Read(answer);
    }

    internal async Task<Reply> ListAsync(APIGatewayHttpApiV2ProxyRequest request)
    {
        using var answer = await _listObjects.ListObjects(request, new FunctionContext());
        return Reply.Read(answer);
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
                (_listObjects, _summary, _health) = (new(), new(), new());
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

/// <summary>What API Gateway makes of a handler's answer and a caller gets.</summary>
internal sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string[] Keys => [.. Json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];

    public string[] CommonPrefixes => [.. Json.GetProperty("commonPrefixes").EnumerateArray().Select(prefix => prefix.GetString()!)];

    public string? NextToken => Json.GetProperty("nextContinuationToken").GetString();

    /// <summary>Of a problem: its status and its code.</summary>
    public (int Status, string? Code, string? Parameter) Problem
    {
        get
        {
            Assert.True(Headers["content-type"] == "application/problem+json", Body);
            Assert.Equal(Status, Json.GetProperty("status").GetInt32());
            Assert.Equal(GatewayEvent.RequestId, Json.GetProperty("requestId").GetString());
            var parameter = Json.TryGetProperty("parameter", out var named) ? named.GetString() : null;
            return (Status, Json.GetProperty("code").GetString(), parameter);
        }
    }

    public static Reply Read(Stream answer)
    {
        using MemoryStream copy = new();
        answer.CopyTo(copy);
        var response = ProxyResponse.Read(copy.ToArray());
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value);
        using MemoryStream body = new(response.Body.ToArray());
        using Stream decoded = headers.GetValueOrDefault("content-encoding") switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using StreamReader reader = new(decoded, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return new(response.StatusCode, headers, reader.ReadToEnd());
    }
}
