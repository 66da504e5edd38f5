using Amazon.Extensions.NETCore.Setup;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Functions;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;

namespace S3Lister.Testing;

/// <summary>
/// The functions as <see cref="Startup"/> composes them, with the real AWS SDK, in front of an S3 over HTTP. Environment
/// variables, credentials and standard output are replaced.
/// </summary>
internal sealed class ComposedApi : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly MemoryStream _metrics = new();
    private readonly ListingFunctions _functions;

    /// <param name="endpoint">The S3, called in path style.</param>
    /// <param name="bucket">The bucket to list.</param>
    /// <param name="retries">How often the SDK may retry; its default is 2, with up to a second before the first.</param>
    /// <param name="pageSize">The page size of a summary; null for the default.</param>
    /// <param name="time">The functions' clock; null for the system's.</param>
    /// <param name="settings">Further environment variables.</param>
    public ComposedApi(
        Uri endpoint, string bucket, int retries = 0, int? pageSize = null, TimeProvider? time = null, params (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        environment[ListerEnvironment.Bucket] = bucket;
        environment[ListerEnvironment.Endpoint] = endpoint.GetLeftPart(UriPartial.Authority);
        environment[ListerEnvironment.ForcePathStyle] = "true";
        environment.TryAdd(ListerEnvironment.Priming, "false");
        ServiceCollection services = new();
        services.AddSingleton<ListingFunctions>();
        new Startup().ConfigureServices(services);
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(_ => new ListerEnvironment(environment.GetValueOrDefault).Read());
        services.AddDefaultAWSOptions(new AWSOptions
        {
            Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "example"),
            DefaultClientConfig = { MaxErrorRetry = retries },
        });
        if (pageSize is { } size)
        {
            services.AddSingleton(provider => new Summarizer(
                provider.GetRequiredService<S3PageReader>(), provider.GetRequiredService<ListerOptions>().RequestBudget, provider.GetRequiredService<TimeProvider>())
            {
                PageSize = size,
            });
        }

        services.AddSingleton(provider => new MetricsLog(_metrics, provider.GetRequiredService<TimeProvider>()));
        _services = services.BuildServiceProvider();
        _functions = _services.GetRequiredService<ListingFunctions>();
    }

    public Task<Envelope> GetObjectsAsync(string query = "", FunctionContext? context = null) =>
        GetObjectsAsync(GatewayEvent.Get("/objects", query), context);

    public async Task<Envelope> GetObjectsAsync(APIGatewayHttpApiV2ProxyRequest request, FunctionContext? context = null) =>
        Envelope.Of(await _functions.ListObjects(request, context ?? new FunctionContext()));

    public Task<Envelope> GetSummaryAsync(string query = "", FunctionContext? context = null) =>
        GetSummaryAsync(GatewayEvent.Get("/summary", query), context);

    public async Task<Envelope> GetSummaryAsync(APIGatewayHttpApiV2ProxyRequest request, FunctionContext? context = null) =>
        Envelope.Of(await _functions.Summary(request, context ?? new FunctionContext()));

    public async Task<Envelope> GetHealthAsync(FunctionContext? context = null) =>
        Envelope.Of(await _functions.Health(GatewayEvent.Get("/health"), context ?? new FunctionContext()));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _metrics.DisposeAsync();
    }
}
