using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.EndToEnd.Tests.RestApi;

/// <summary>
/// The real executable, called as a REST API calls it, in front of the embedded S3; its answers are read as a REST API
/// reads them.
/// </summary>
internal sealed class RunningRestApi : IAsyncDisposable
{
    private readonly TestBucket _bucket;
    private readonly Dictionary<string, FunctionHost> _functions;

    private RunningRestApi(TestBucket bucket, Dictionary<string, FunctionHost> functions) => (_bucket, _functions) = (bucket, functions);

    public static async Task<RunningRestApi> StartAsync(IObjectStore store)
    {
#pragma warning disable CA2000 // The API that is handed out ends it.
        var bucket = await TestBucket.StartAsync(store);
#pragma warning restore CA2000
        Dictionary<string, FunctionHost> functions = [];
        foreach (var (path, name) in ((string, string)[])[("/objects", "ListObjects"), ("/summary", "Summary"), ("/health", "Health")])
        {
            functions[path] = await FunctionHost.StartAsync(Options(name, bucket), TestContext.Current.CancellationToken);
        }

        return new(bucket, functions);
    }

    public Task<RestAnswer> GetAsync(
        string path, string query = "", RestCaller? caller = null, params (string Name, string Value)[] headers) =>
        SendAsync(path, RestEvent.Get(path, query, caller ?? RestCaller.Auditor, headers));

    public async Task<RestAnswer> SendAsync(string path, JsonObject request)
    {
        var result = await _functions[path].InvokeAsync(request);
        Assert.True(result.Status == InvocationStatus.Success, Encoding.UTF8.GetString(result.Payload.Span));
        return RestAnswer.Read(result.Payload);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var function in _functions.Values)
        {
            await function.DisposeAsync();
        }

        await _bucket.DisposeAsync();
    }

    private static FunctionOptions Options(string name, TestBucket bucket) => new()
    {
        Name = name,
        Executable = Environment.GetEnvironmentVariable("S3LISTER_FUNCTION") ?? BuildOutput.Function,
        MemorySize = 256,
        Timeout = TimeSpan.FromSeconds(29),
        MaxInstances = 1,
        Environment = new Dictionary<string, string>
        {
            ["ANNOTATIONS_HANDLER"] = name,
            ["S3LISTER_BUCKET"] = TestBucket.Name,
            ["S3LISTER_ENDPOINT"] = bucket.Server.Endpoint.GetLeftPart(UriPartial.Authority),
            ["S3LISTER_FORCE_PATH_STYLE"] = "true",
            ["S3LISTER_GRANTS"] = RestCaller.Grants,
            ["AWS_ACCESS_KEY_ID"] = LocalIdentities.FunctionRole.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = LocalIdentities.FunctionRole.SecretAccessKey,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        },
    };
}

/// <summary>What a REST API makes of a function's response: anything else than these four fields would be a 502.</summary>
internal sealed record RestAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonElement.Parse(Encoding.UTF8.GetString(Decoded));

    public string[] Keys => [.. Json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];

    public string? NextToken => Json.GetProperty("nextContinuationToken").GetString();

    /// <summary>Status and code of a problem, whose form is checked.</summary>
    public (int Status, string? Code) Problem
    {
        get
        {
            Assert.Equal("application/problem+json", Headers["content-type"]);
            Assert.Equal(Status, Json.GetProperty("status").GetInt32());
            Assert.Equal(RestEvent.RequestId, Json.GetProperty("requestId").GetString());
            Assert.Equal($"urn:s3lister:request:{RestEvent.RequestId}", Json.GetProperty("instance").GetString());
            Assert.Equal($"urn:s3lister:problem:{Json.GetProperty("code").GetString()}", Json.GetProperty("type").GetString());
            return (Status, Json.GetProperty("code").GetString());
        }
    }

    private byte[] Decoded
    {
        get
        {
            using MemoryStream coded = new(Body);
            using Stream decoded = Headers.GetValueOrDefault("content-encoding") switch
            {
                "br" => new BrotliStream(coded, CompressionMode.Decompress),
                "gzip" => new GZipStream(coded, CompressionMode.Decompress),
                _ => coded,
            };
            using MemoryStream plain = new();
            decoded.CopyTo(plain);
            return plain.ToArray();
        }
    }

    public static RestAnswer Read(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        Assert.Empty(root.EnumerateObject().Select(field => field.Name).Except(["statusCode", "headers", "isBase64Encoded", "body"]));
        var headers = root.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);
        var body = root.GetProperty("body");

        // The template makes every media type a binary one: what is in base64 goes out as bytes, the rest as text.
        return new(
            root.GetProperty("statusCode").GetInt32(),
            headers,
            root.GetProperty("isBase64Encoded").GetBoolean() ? body.GetBytesFromBase64() : Encoding.UTF8.GetBytes(body.GetString()!));
    }
}
