using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using S3Lister.Functions;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Tests.Model;

/// <summary>
/// The functions as <see cref="Startup"/> composes them, in simulated time, and with a <see cref="ModelStore"/> instead of
/// the AWS SDK: <see cref="ComposedApi"/> without a network.
/// </summary>
internal sealed class ModelApi : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly ServiceProvider _services;
    private readonly MemoryStream _metrics = new();
    private readonly ListingFunctions _functions;

    public ModelApi(IReadOnlyList<ModelObject> objects, StoreBehavior behavior, Limits limits)
    {
        Store = new(objects, behavior, _simulation.Clock);
        Limits = limits;
        ListerOptions options = new()
        {
            Bucket = ModelStore.Bucket,
            ScanBudget = limits.ScanBudget,
            RequestBudget = limits.RequestBudget,
            Priming = false,
        };
        var s3 = Substitute.For<IListObjectsV2>();
        s3.ListObjectsV2Async(Arg.Any<ListObjectsV2Request>(), Arg.Any<CancellationToken>()).Returns(async call =>
            await ListBucketResultXml.Respond(await Store.ListAsync(call.Arg<ListObjectsV2Request>(), call.Arg<CancellationToken>())));

        ServiceCollection services = new();
        services.AddSingleton<ListingFunctions>();
        new Startup().ConfigureServices(services);
        services.AddSingleton<TimeProvider>(_simulation.Clock);
        services.AddSingleton(options);
        services.AddSingleton(s3);
        services.AddSingleton(provider => new Summarizer(provider.GetRequiredService<S3PageReader>(), limits.RequestBudget, _simulation.Clock)
        {
            PageSize = limits.SummaryPage,
        });
        services.AddSingleton(_ => new MetricsLog(_metrics, _simulation.Clock));
        _services = services.BuildServiceProvider();
        _functions = _services.GetRequiredService<ListingFunctions>();
    }

    public ModelStore Store { get; }

    public Limits Limits { get; }

    public Call GetObjects(string query, string accept = "application/json") =>
        Run(async context => Envelope.Of(await _functions.ListObjects(GatewayEvent.Get("/objects", query, headers: ("accept", accept)), context)));

    public Call GetSummary(string query) =>
        Run(async context => Envelope.Of(await _functions.Summary(GatewayEvent.Get("/summary", query), context)));

    public void Dispose()
    {
        _services.Dispose();
        _simulation.Dispose();
        _metrics.Dispose();
    }

    private Call Run(Func<FunctionContext, Task<Envelope>> call)
    {
        var (requests, pages, entries, failures) = (Store.Requests, Store.Pages, Store.Entries, Store.Failures.Count);
        var start = _simulation.Clock.GetUtcNow();
        var response = _simulation.Run(() => call(new() { RemainingTime = Limits.RemainingTime }));
        return new(
            response, Store.Requests - requests, Store.Pages - pages, Store.Entries - entries, Store.LastEntries[pages..], Store.Failures[failures..],
            _simulation.Clock.GetUtcNow() - start);
    }
}

/// <param name="RemainingTime">The remaining time of the invocation; the service keeps a second of it for its response.</param>
/// <param name="ScanBudget">Entries that a filtered page scans.</param>
/// <param name="RequestBudget">Requests that a summary makes.</param>
/// <param name="SummaryPage">Keys that a summary requests at a time: few, so that there are many pages.</param>
internal sealed record Limits(TimeSpan RemainingTime, int ScanBudget = 100_000, int RequestBudget = 100_000, int SummaryPage = 1000)
{
    public static Limits Usual { get; } = new(TimeSpan.FromSeconds(29));
}

/// <summary>A response of the API, and what the store did for it.</summary>
/// <param name="Requests">Requests that the store received.</param>
/// <param name="Pages">Responses of the store that are listings.</param>
/// <param name="Entries">Objects and common prefixes in them.</param>
/// <param name="LastEntries">The last entry of each of these pages; empty for a page without entries.</param>
/// <param name="Failures">Responses of the store that are failures.</param>
/// <param name="Elapsed">Simulated time.</param>
internal sealed record Call(
    Envelope Response, int Requests, int Pages, int Entries, IReadOnlyList<string> LastEntries, IReadOnlyList<Failure> Failures,
    TimeSpan Elapsed)
{
    /// <summary>The query of the next page or part; null if there is none.</summary>
    public string? Link => Response.Headers.TryGetValue("link", out var link) ? link["<?".Length..link.IndexOf('>', StringComparison.Ordinal)] : null;

    public string? Code => Response.Code;
}
