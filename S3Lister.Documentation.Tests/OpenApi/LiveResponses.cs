using System.Net;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Runtime;
using Amazon.S3;
using S3Lister.Functions;
using S3Lister.Local;
using Route = S3Lister.Local.Gateway.Route;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>Responses of the API of every kind, validated with the schemas of the document.</summary>
public sealed class LiveResponses : IAsyncLifetime
{
    private static readonly string[] Paths = ["/objects", "/summary", "/health", "/access"];

    private static readonly Route[] Routes = [.. Paths.Select(path => new Route("GET", path, "F", RequiresIam: false))];

    private readonly List<LiveResponse> _responses = [];

    internal IReadOnlyList<LiveResponse> All
    {
        get
        {
            ExternalProgram.Curl.Require();
            SchemaCheck.Validator.Require();
            StandInRuntime.Require();
            return _responses;
        }
    }

    /// <summary>Validation errors by the name of the response.</summary>
    internal ILookup<string, string> Errors { get; private set; } = Array.Empty<string>().ToLookup(name => name);

    public async ValueTask InitializeAsync()
    {
        if (!ExternalProgram.Curl.IsInstalled || !SchemaCheck.Validator.IsInstalled || !StandInRuntime.IsSupported)
        {
            return; // The property All ends the tests.
        }

        await CallTheLocalStackAsync();
        await CallABrokenFunctionAsync();
        await CallASlowFunctionAsync();

        (string Name, SchemaCase Case)[] cases =
        [
            .. from response in _responses
               from documented in DocumentedResponse.All
               where documented.Name == response.Name
               from item in response.Cases(documented)
               select (response.Name, item),
        ];
        var check = await SchemaCheck.RunAsync(cases.Select(item => item.Case));
        Errors = cases.Zip(check.Cases)
            .SelectMany(pair => pair.Second.Select(error => (pair.First.Name, Error: $"{pair.First.Case.Schema} {error}")))
            .ToLookup(pair => pair.Name, pair => pair.Error);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task CallTheLocalStackAsync()
    {
        await using var api = await RunningApi.StartAsync();
        foreach (var accept in (string[])["application/json", "application/x-ndjson", "text/csv"])
        {
            string[] arguments = ["--header", $"accept: {accept}"];
            var page = await CallAsync("/objects?delimiter=%2F", arguments);
            await CallAsync("/objects?delimiter=%2F", [.. arguments, "--header", $"if-none-match: {page.Headers["etag"].Single()}"]);
            await CallAsync("/objects?max-keys=10&prefix=odd%2F", [.. arguments, "--header", "if-none-match: *"]);
            await CallAsync("/objects?max-keys=3000&prefix=odd%2F", arguments);
            await CallAsync("/objects?max-keys=300&prefix=logs%2F", [.. arguments, "--compressed"]);
            await CallAsync("/objects?prefix=nothing", arguments);
            await CallAsync("/objects?end-before=odd%2F&prefix=odd%2F", arguments);
            await CallAsync("/objects?max-size=1KiB&storage-class=STANDARD,STANDARD_IA", arguments);
        }

        await CallAsync("/objects?max-keys=300", ["--compressed", "--header", "accept-encoding: gzip"]);
        await CallAsync("/objects?max-keys=0");
        await CallAsync("/objects?unknown=1");
        await CallAsync("/objects?continuation-token=none");
        await CallAsync("/objects", ["--header", "accept: text/html"]);
        await CallAsync("/summary?delimiter=%2F&top=3", ["--compressed"]);
        await CallAsync("/summary?delimiter=%2F&prefix=odd%2F");
        await CallAsync("/summary?prefix=nothing&top=0", ["--compressed", "--header", "accept-encoding: gzip"]);
        await CallAsync("/summary?max-size=1KiB&storage-class=STANDARD,STANDARD_IA");
        foreach (var accept in (string[])["application/json", "application/x-ndjson", "text/csv"])
        {
            await CallAsync("/summary?delimiter=%2F&depth=3&modified-edges=2026-01-01T00:00:00Z&top=0", ["--header", $"accept: {accept}"]);
            await CallAsync("/summary?delimiter=%2F&depth=1&max-requests=1", ["--header", $"accept: {accept}"]);
            await CallAsync("/summary?delimiter=%2F&depth=1&prefix=nothing", ["--header", $"accept: {accept}"]);
        }

        await CallAsync("/summary?by=cube,ending");
        await CallAsync("/summary?by=ending&delimiter=%2F&depth=1&min-share=10");
        await CallAsync("/summary?depth=1");
        await CallAsync("/summary?max-requests=1");
        await CallAsync("/summary?splits=64");
        await CallAsync("/summary?top=1001");
        await CallAsync("/summary?continuation-token=none");
        await CallAsync("/summary", ["--header", "accept: text/csv"]);
        Add("/summary", await Curl.GetAsync(api.Url, "/summary", LocalIdentities.Role));
        await CallAsync("/health");
        await CallAsync("/health?unknown=1");
        await CallAsync("/health", ["--header", "accept-encoding: identity;q=0"]);
        await CallAsync("/access");
        await CallAsync("/access?unknown=1");
        await CallAsync("/access", ["--header", "accept: text/csv"]);
        Add("/access", await Curl.GetAsync(api.Url, "/access", LocalIdentities.Role));
        Add("/objects", await Curl.GetAsync(api.Url, "/objects", LocalIdentities.Role));
        foreach (var path in Paths)
        {
            Add(path, await Curl.GetUnsignedAsync(api.Url, path));
            await CallAsync(path, ["--request", "POST"]);
            await CallAsync($"{path}?prefix={new string('a', 10_240)}");
            await CallAsync(path, ["--header", $"x-long: {new string('a', 10_240)}"]);
        }

        api.S3.Weather.ThrottledShare = 1;
        await Task.WhenAll(Paths.Select(path => CallAsync(path)));

        async Task<CurlResponse> CallAsync(string pathAndQuery, string[]? arguments = null)
        {
            var response = await Curl.GetAsync(api.Url, pathAndQuery, arguments: arguments ?? []);
            Add(pathAndQuery.Split('?')[0], response);
            return response;
        }

        void Add(string path, CurlResponse response)
        {
            lock (_responses)
            {
                _responses.Add(new(path, response.Status, response.Headers, response.Body));
            }
        }
    }

    /// <summary>A substitute for S3 causes these failures inside the functions; their envelopes go through the gateway.</summary>
    private async Task CallABrokenFunctionAsync()
    {
        FunctionContext late = new() { RemainingTime = TimeSpan.Zero };
        AmazonS3Exception denied = new("no", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden);
        var list = GatewayEvent.Get("/objects");
        var summary = GatewayEvent.Get("/summary");
        var health = GatewayEvent.Get("/health");
        (string Path, IHttpResult Result)[] results =
        [
            ("/objects", await new S3Double().Throws(denied).Functions.ListObjects(list, new FunctionContext())),
            ("/objects", await new S3Double().Throws(new HttpRequestException("reset")).Functions.ListObjects(list, new FunctionContext())),
            ("/summary", await new S3Double().Throws(new HttpRequestException("reset")).Functions.Summary(summary, new FunctionContext())),
            ("/objects", await new S3Double().Throws(new InvalidOperationException()).Functions.ListObjects(list, new FunctionContext())),
            ("/objects", await new S3Double().Hangs().Functions.ListObjects(list, late)),
            ("/summary", await new S3Double().Throws(denied).Functions.Summary(summary, new FunctionContext())),
            ("/summary", await new S3Double().Throws(new InvalidOperationException()).Functions.Summary(summary, new FunctionContext())),
            ("/summary", await new S3Double().Hangs().Functions.Summary(summary, late)),
            ("/summary", await new S3Double(options => options with { RequestBudget = 1 }).Responds(["a"], "token").Functions.Summary(summary, new FunctionContext())),
            ("/health", await new S3Double().Throws(denied).Functions.Health(health, new FunctionContext())),
            ("/health", await new S3Double().Throws(new InvalidOperationException()).Functions.Health(health, new FunctionContext())),
            ("/health", await new S3Double().Hangs().Functions.Health(health, late)),
            ("/access", await new AccessFunctions(new(new(Stream.Null, TimeProvider.System), new S3Lister.Listing.S3.Client.S3Connector(TimeProvider.System), TimeProvider.System), new(null!), null!)
                .DescribeAccess(GatewayEvent.Get("/access"), new FunctionContext())),
        ];

        await using var gateway = await TestGateway.StartAsync(options => options with { Routes = Routes });
        foreach (var (path, result) in results)
        {
            using StreamReader envelope = new(result.Serialize(new HttpResultSerializationOptions
            {
                Format = HttpResultSerializationOptions.ProtocolFormat.HttpApi,
                Version = HttpResultSerializationOptions.ProtocolVersion.V2,
            }));
            var reply = await envelope.ReadToEndAsync(TestContext.Current.CancellationToken);
            await CallAsync(gateway, path, $"do=reply&reply={Uri.EscapeDataString(reply)}");
        }

        foreach (var path in Paths)
        {
            await CallAsync(gateway, path, "do=crash");
        }
    }

    private async Task CallASlowFunctionAsync()
    {
        await using var gateway = await TestGateway.StartAsync(
            options => options with { Routes = Routes, IntegrationTimeout = TimeSpan.FromMilliseconds(200) });
        foreach (var path in Paths)
        {
            await CallAsync(gateway, path, "do=sleep&seconds=60");
        }
    }

    private async Task CallAsync(TestGateway gateway, string path, string query)
    {
        using var response = await gateway.Client.GetAsync(new Uri($"{gateway.Url}{path}?{query}"), TestContext.Current.CancellationToken);
        _responses.Add(new(
            path,
            (int)response.StatusCode,
            // Not validated, because HttpClient reorders the values that it parses.
            response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .SelectMany(header => header.Value.Select(value => (header.Key, value)))
                .ToLookup(header => header.Key, header => header.value, StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
