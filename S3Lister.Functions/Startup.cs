using Amazon.Extensions.NETCore.Setup;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Functions.Access;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Health;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Functions;

/// <summary>Registers the functions' services. Singletons only: a process serves one request at a time.</summary>
/// <remarks>
/// Each has a factory. From a type alone the container finds the constructor by reflection, and <c>AddOptions</c> adds five
/// open generic services: together a millisecond of each cold start.
/// </remarks>
[LambdaStartup]
internal sealed class Startup
{
#pragma warning disable CA1822 // The generated handler calls it on an instance.
    public void ConfigureServices(IServiceCollection services)
#pragma warning restore CA1822
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(static _ => new ListerEnvironment(Environment.GetEnvironmentVariable).Read());
        services.AddDefaultAWSOptions(static _ => new AWSOptions { Credentials = new FunctionCredentials() });
        services.AddAWSService<IListObjectsV2>(static (config, provider) => S3ClientSettings.Apply((AmazonS3Config)config, Options(provider)));

        services.AddSingleton(static provider => new AccessRules(Options(provider).Grants));
        services.AddSingleton(static provider => new S3PageReader(provider.GetRequiredService<IListObjectsV2>(), Options(provider).ListedBucket, Time(provider)));
        services.AddSingleton(static provider => new BucketLister(Reader(provider), Options(provider).ScanBudget));
        services.AddSingleton(static provider => new Summarizer(Reader(provider), Options(provider).RequestBudget, Time(provider)));
        services.AddSingleton(static provider => new HealthCheck(Reader(provider)));
        services.AddSingleton(static provider => new MetricsLog(Console.OpenStandardOutput(), Time(provider)));
        services.AddSingleton(static provider => new RequestPipeline(provider.GetRequiredService<MetricsLog>(), Time(provider)));
    }

    private static ListerOptions Options(IServiceProvider provider) => provider.GetRequiredService<ListerOptions>();

    private static S3PageReader Reader(IServiceProvider provider) => provider.GetRequiredService<S3PageReader>();

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
