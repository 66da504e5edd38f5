using Amazon.Extensions.NETCore.Setup;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using S3Lister.Functions.Access;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Health;
using S3Lister.Functions.Http;
using S3Lister.Functions.Listing;
using S3Lister.Functions.S3;
using S3Lister.Functions.Summary;
using S3Lister.Functions.Telemetry;

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
        services.AddAWSService<IListObjectsV2>(static (config, provider) => S3ClientSettings.Apply((AmazonS3Config)config, Options(provider).Value));

        services.AddSingleton(static provider => new AccessRules(Options(provider)));
        services.AddSingleton(static provider => new S3PageReader(provider.GetRequiredService<IListObjectsV2>(), Options(provider), Time(provider)));
        services.AddSingleton(static provider => new BucketLister(provider.GetRequiredService<S3PageReader>(), Options(provider)));
        services.AddSingleton(static provider => new Summarizer(provider.GetRequiredService<S3PageReader>(), Options(provider), Time(provider)));
        services.AddSingleton(static provider => new HealthCheck(provider.GetRequiredService<S3PageReader>()));
        services.AddSingleton(static provider => new MetricsLog(Console.OpenStandardOutput(), Time(provider)));
        services.AddSingleton(static provider => new RequestPipeline(provider.GetRequiredService<MetricsLog>(), Time(provider)));
    }

    private static IOptions<ListerOptions> Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ListerOptions>>();

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
