using System.Net;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Runtime;
using Amazon.S3;
using S3Lister.Local;
using Route = S3Lister.Local.Gateway.Route;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>Answers of the API, of each kind that there is, and what the document's schemas say of them.</summary>
public sealed class LiveAnswers : IAsyncLifetime
{
    private static readonly string[] Paths = ["/objects", "/summary", "/health"];

    private static readonly Route[] Routes = [.. Paths.Select(path => new Route("GET", path, "F", RequiresIam: false))];

    private readonly List<LiveAnswer> _answers = [];

    internal IReadOnlyList<LiveAnswer> All
    {
        get
        {
            ExternalProgram.Curl.Require();
            SchemaCheck.Validator.Require();
            StandInRuntime.Require();
            return _answers;
        }
    }

    /// <summary>What is wrong with the answers that have this name.</summary>
    internal ILookup<string, string> Errors { get; private set; } = Array.Empty<string>().ToLookup(name => name);

    public async ValueTask InitializeAsync()
    {
        if (!ExternalProgram.Curl.IsInstalled || !SchemaCheck.Validator.IsInstalled || !StandInRuntime.IsSupported)
        {
            return; // The property All ends the tests.
        }

        await AskTheLocalStackAsync();
        await AskABrokenFunctionAsync();
        await AskASlowFunctionAsync();

        (string Name, SchemaCase Case)[] cases =
        [
            .. from answer in _answers
               from documented in DocumentedResponse.All
               where documented.Name == answer.Name
               from item in answer.Cases(documented)
               select (answer.Name, item),
        ];
        var check = await SchemaCheck.RunAsync(cases.Select(item => item.Case));
        Errors = cases.Zip(check.Cases)
            .SelectMany(pair => pair.Second.Select(error => (pair.First.Name, Error: $"{pair.First.Case.Schema} {error}")))
            .ToLookup(pair => pair.Name, pair => pair.Error);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task AskTheLocalStackAsync()
    {
        await using var api = await RunningApi.StartAsync();
        foreach (var accept in (string[])["application/json", "application/x-ndjson", "text/csv"])
        {
            string[] arguments = ["--header", $"accept: {accept}"];
            var page = await AskAsync("/objects?delimiter=%2F", arguments);
            await AskAsync("/objects?delimiter=%2F", [.. arguments, "--header", $"if-none-match: {page.Headers["etag"].Single()}"]);
            await AskAsync("/objects?max-keys=10&prefix=odd%2F", [.. arguments, "--header", "if-none-match: *"]);
            await AskAsync("/objects?max-keys=3000&prefix=odd%2F", arguments);
            await AskAsync("/objects?max-keys=300&prefix=logs%2F", [.. arguments, "--compressed"]);
            await AskAsync("/objects?prefix=nothing", arguments);
            await AskAsync("/objects?max-size=1KiB&storage-class=STANDARD,STANDARD_IA", arguments);
        }

        await AskAsync("/objects?max-keys=300", ["--compressed", "--header", "accept-encoding: gzip"]);
        await AskAsync("/objects?max-keys=0");
        await AskAsync("/objects?unknown=1");
        await AskAsync("/objects?continuation-token=none");
        await AskAsync("/objects", ["--header", "accept: text/html"]);
        await AskAsync("/summary?delimiter=%2F&top=3", ["--compressed"]);
        await AskAsync("/summary?delimiter=%2F&prefix=odd%2F");
        await AskAsync("/summary?prefix=nothing&top=0", ["--compressed", "--header", "accept-encoding: gzip"]);
        await AskAsync("/summary?max-size=1KiB&storage-class=STANDARD,STANDARD_IA");
        await AskAsync("/summary?top=1001");
        await AskAsync("/summary?continuation-token=none");
        await AskAsync("/summary", ["--header", "accept: text/csv"]);
        Add("/summary", await Curl.GetAsync(api.Url, "/summary", LocalIdentities.Role));
        await AskAsync("/health");
        await AskAsync("/health?unknown=1");
        await AskAsync("/health", ["--header", "accept-encoding: identity;q=0"]);
        Add("/objects", await Curl.GetAsync(api.Url, "/objects", LocalIdentities.Role));
        foreach (var path in Paths)
        {
            Add(path, await Curl.GetUnsignedAsync(api.Url, path));
            await AskAsync(path, ["--request", "POST"]);
            await AskAsync($"{path}?prefix={new string('a', 10_240)}");
            await AskAsync(path, ["--header", $"x-long: {new string('a', 10_240)}"]);
        }

        api.S3.Weather.ThrottledShare = 1;
        await Task.WhenAll(Paths.Select(path => AskAsync(path)));

        async Task<CurlResponse> AskAsync(string pathAndQuery, string[]? arguments = null)
        {
            var answer = await Curl.GetAsync(api.Url, pathAndQuery, arguments: arguments ?? []);
            Add(pathAndQuery.Split('?')[0], answer);
            return answer;
        }

        void Add(string path, CurlResponse answer)
        {
            lock (_answers)
            {
                _answers.Add(new(path, answer.Status, answer.Headers, answer.Body));
            }
        }
    }

    /// <summary>What S3 must do for these is told to the functions' own code; their envelopes go through the gateway.</summary>
    private async Task AskABrokenFunctionAsync()
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
            ("/summary", await new S3Double(options => options with { RequestBudget = 1 }).Answers(["a"], "token").Functions.Summary(summary, new FunctionContext())),
            ("/health", await new S3Double().Throws(denied).Functions.Health(health, new FunctionContext())),
            ("/health", await new S3Double().Throws(new InvalidOperationException()).Functions.Health(health, new FunctionContext())),
            ("/health", await new S3Double().Hangs().Functions.Health(health, late)),
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
            await AskAsync(gateway, path, $"do=reply&reply={Uri.EscapeDataString(reply)}");
        }

        foreach (var path in Paths)
        {
            await AskAsync(gateway, path, "do=crash");
        }
    }

    private async Task AskASlowFunctionAsync()
    {
        await using var gateway = await TestGateway.StartAsync(
            options => options with { Routes = Routes, IntegrationTimeout = TimeSpan.FromMilliseconds(200) });
        foreach (var path in Paths)
        {
            await AskAsync(gateway, path, "do=sleep&seconds=60");
        }
    }

    private async Task AskAsync(TestGateway gateway, string path, string query)
    {
        using var response = await gateway.Client.GetAsync(new Uri($"{gateway.Url}{path}?{query}"), TestContext.Current.CancellationToken);
        _answers.Add(new(
            path,
            (int)response.StatusCode,
            // As they came: what HttpClient has parsed it writes in another order.
            response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .SelectMany(header => header.Value.Select(value => (header.Key, value)))
                .ToLookup(header => header.Key, header => header.value, StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
