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
using S3Lister.Functions.Telemetry;

namespace S3Lister.Functions;

/// <summary>What the functions are made of. Singletons only: a process serves one request at a time.</summary>
[LambdaStartup]
internal sealed class Startup
{
#pragma warning disable CA1822 // The generated handler calls it on an instance.
    public void ConfigureServices(IServiceCollection services)
#pragma warning restore CA1822
    {
        services.AddSingleton(TimeProvider.System);

        services.AddOptions<ListerOptions>();
        services.AddSingleton<IConfigureOptions<ListerOptions>>(new ListerEnvironment(Environment.GetEnvironmentVariable));
        services.AddSingleton<IValidateOptions<ListerOptions>, ListerOptionsValidator>();

        services.AddSingleton(static provider => S3ClientSettings.Create(provider.GetRequiredService<IOptions<ListerOptions>>().Value));
        services.AddSingleton<IListObjectsV2>(static provider => new ListingClient(provider.GetRequiredService<AmazonS3Config>()));

        services.AddSingleton<AccessRules>();
        services.AddSingleton<S3PageReader>();
        services.AddSingleton<BucketLister>();
        services.AddSingleton<HealthCheck>();
        services.AddSingleton(static provider => new MetricsLog(
            Console.OpenStandardOutput(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RequestPipeline>();
    }
}
