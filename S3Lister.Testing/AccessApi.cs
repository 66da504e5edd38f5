using Amazon.Extensions.NETCore.Setup;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Functions;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Pipeline;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Testing;

/// <summary>
/// <c>GET /access</c> as <see cref="Startup"/> composes it. Creating credentials or an S3 client throws, and standard output is
/// replaced.
/// </summary>
internal sealed class AccessApi : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly MemoryStream _metrics = new();
    private readonly AccessFunctions _functions;

    /// <param name="settings">Environment variables besides that of the bucket.</param>
    public AccessApi(params (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        environment.TryAdd(ListerEnvironment.Bucket, S3Double.Bucket);
        ServiceCollection services = new();
        services.AddSingleton<AccessFunctions>();
        new Startup().ConfigureServices(services);
        services.AddSingleton(_ => new ListerEnvironment(environment.GetValueOrDefault).Read());
        services.AddSingleton<AWSOptions>(_ => throw new InvalidOperationException("Credentials are created."));
        services.AddSingleton<IListObjectsV2>(_ => throw new InvalidOperationException("An S3 client is created."));
        services.AddSingleton(provider => new MetricsLog(_metrics, provider.GetRequiredService<TimeProvider>()));
        _services = services.BuildServiceProvider();
        _functions = _services.GetRequiredService<AccessFunctions>();
    }

    public Task<Envelope> GetAsync(string userArn = GatewayEvent.UserArn, string query = "", params ReadOnlySpan<(string Name, string Value)> headers) =>
        GetAsync(GatewayEvent.Get("/access", query, userArn, headers: headers));

    public async Task<Envelope> GetAsync(APIGatewayHttpApiV2ProxyRequest request, FunctionContext? context = null) =>
        Envelope.Of(await _functions.DescribeAccess(request, context ?? new FunctionContext()));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _metrics.DisposeAsync();
    }
}
