using System.Collections.Concurrent;
using S3Lister.Local.Gateway;
using S3Lister.Local.RuntimeApi;
using Route = S3Lister.Local.Gateway.Route;

namespace S3Lister.Testing;

/// <summary>A gateway in front of the stand-in runtime.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly FunctionHost _function;
    private readonly GatewayServer _gateway;

    private TestGateway(FunctionHost function, GatewayServer gateway, ConcurrentQueue<AccessLogEntry> log)
    {
        _function = function;
        _gateway = gateway;
        Log = log;
        Client = new HttpClient { BaseAddress = gateway.Url };
    }

    public ConcurrentQueue<AccessLogEntry> Log { get; }

    public HttpClient Client { get; }

    public string Url => _gateway.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Routes: GET /iam and /iam/{key} with IAM; ANY /open, and what is below it, without.</summary>
    public static async Task<TestGateway> StartAsync(
        Func<GatewayOptions, GatewayOptions>? gateway = null, Func<FunctionOptions, FunctionOptions>? function = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var functionOptions = StandInRuntime.Options();
        var host = await FunctionHost.StartAsync(function?.Invoke(functionOptions) ?? functionOptions, cancellation);
        var log = new ConcurrentQueue<AccessLogEntry>();
        var options = new GatewayOptions
        {
            Routes =
            [
                new Route("GET", "/iam", "F", RequiresIam: true),
                new Route("POST", "/iam", "F", RequiresIam: true),
                new Route("GET", "/iam/{key}", "F", RequiresIam: true),
                new Route("ANY", "/open", "F", RequiresIam: false),
                new Route("ANY", "/open/{proxy+}", "F", RequiresIam: false),
                new Route("GET", "/only/get", "F", RequiresIam: false),
            ],
            Functions = new Dictionary<string, FunctionHost> { ["F"] = host },
            AccessLog = log.Enqueue,
        };
        return new TestGateway(
            host, await GatewayServer.StartAsync(gateway?.Invoke(options) ?? options, cancellation), log);
    }

    public async Task<TextResponse> GetAsync(string target)
    {
        using var response = await Client.GetAsync(
            new Uri(Url + target), TestContext.Current.CancellationToken);
        return new TextResponse(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Makes the function return this text.</summary>
    public Task<HttpResponseMessage> ReplyAsync(string reply) => Client.GetAsync(
        new Uri($"{Url}/open?do=reply&reply={Uri.EscapeDataString(reply)}"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _gateway.DisposeAsync();
        await _function.DisposeAsync();
    }
}
