using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.EndToEnd.Tests.RestApi;

/// <summary>
/// The real executable with the embedded S3, called as a REST API calls it. Its responses are read as a REST API
/// reads them.
/// </summary>
internal sealed class RunningRestApi : IAsyncDisposable
{
    private readonly TestBucket _bucket;
    private readonly Dictionary<string, FunctionHost> _functions;

    private RunningRestApi(TestBucket bucket, Dictionary<string, FunctionHost> functions) => (_bucket, _functions) = (bucket, functions);

    public static async Task<RunningRestApi> StartAsync(IObjectStore store)
    {
#pragma warning disable CA2000 // The returned API disposes of it.
        var bucket = await TestBucket.StartAsync(store);
#pragma warning restore CA2000
        Dictionary<string, FunctionHost> functions = [];
        foreach (var (path, name) in ((string, string)[])[("/objects", "ListObjects"), ("/summary", "Summary"), ("/health", "Health"), ("/access", "DescribeAccess")])
        {
            functions[path] = await FunctionHost.StartAsync(Options(name, bucket, ("S3LISTER_GRANTS", RestCaller.Grants)), TestContext.Current.CancellationToken);
        }

        return new(bucket, functions);
    }

    public Task<RestResponse> GetAsync(
        string path, string query = "", RestCaller? caller = null, params (string Name, string Value)[] headers) =>
        SendAsync(path, RestEvent.Get(path, query, caller ?? RestCaller.Auditor, headers));

    public async Task<RestResponse> SendAsync(string path, JsonObject request)
    {
        var result = await _functions[path].InvokeAsync(request);
        Assert.True(result.Status == InvocationStatus.Success, Encoding.UTF8.GetString(result.Payload.Span));
        return RestResponse.Read(result.Payload);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var function in _functions.Values)
        {
            await function.DisposeAsync();
        }

        await _bucket.DisposeAsync();
    }

    /// <summary>The options of a function that lists a test bucket.</summary>
    /// <param name="name">The handler.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="settings">Further environment variables.</param>
    public static FunctionOptions Options(string name, TestBucket bucket, params (string Name, string Value)[] settings) => new()
    {
        Name = name,
        Executable = Environment.GetEnvironmentVariable("S3LISTER_FUNCTION") ?? BuildOutput.Function,
        MemorySize = 256,
        Timeout = TimeSpan.FromSeconds(29),
        InitTimeout = TimeSpan.FromMinutes(1),
        MaxInstances = 1,
        Environment = new Dictionary<string, string>(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["ANNOTATIONS_HANDLER"] = name,
            ["S3LISTER_BUCKET"] = TestBucket.Name,
            ["S3LISTER_ENDPOINT"] = bucket.Server.Endpoint.GetLeftPart(UriPartial.Authority),
            ["S3LISTER_FORCE_PATH_STYLE"] = "true",
            ["AWS_ACCESS_KEY_ID"] = LocalIdentities.FunctionRole.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = LocalIdentities.FunctionRole.SecretAccessKey,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        },
    };
}

/// <summary>A function's response as a REST API returns it. Any field beside these four would be a 502.</summary>
internal sealed record RestResponse(int Status, IReadOnlyDictionary<string, string> Headers, string Body) : ApiResponse(Status, Body)
{
    /// <summary>The status and the code of a problem. Its other fields are checked.</summary>
    public (int Status, string? Code) Problem
    {
        get
        {
            Assert.Equal("application/problem+json", Headers["content-type"]);
            Assert.Equal(Status, Json.GetProperty("status").GetInt32());
            Assert.Equal(RestEvent.RequestId, Json.GetProperty("requestId").GetString());
            Assert.Equal($"urn:s3lister:request:{RestEvent.RequestId}", Json.GetProperty("instance").GetString());
            Assert.Equal($"urn:s3lister:problem:{Json.GetProperty("code").GetString()}", Json.GetProperty("type").GetString());
            return (Status, Code);
        }
    }

    public static RestResponse Read(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        Assert.Empty(root.EnumerateObject().Select(field => field.Name).Except(["statusCode", "headers", "isBase64Encoded", "body"]));
        var headers = root.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);
        var body = root.GetProperty("body");

        // The template declares every media type as binary: base64 becomes bytes, and anything else is text.
        return new(
            root.GetProperty("statusCode").GetInt32(),
            headers,
            Decode(
                root.GetProperty("isBase64Encoded").GetBoolean() ? body.GetBytesFromBase64() : Encoding.UTF8.GetBytes(body.GetString()!),
                headers.GetValueOrDefault("content-encoding")));
    }
}
