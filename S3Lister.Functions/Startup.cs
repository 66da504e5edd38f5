using Amazon.Extensions.NETCore.Setup;
using Amazon.Lambda.Annotations;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Functions.Access;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Health;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Permissions;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Functions;

/// <summary>Registers the functions' services. All of them are singletons, because a process handles one request at a time.</summary>
/// <remarks>
/// Factories are used because the container would otherwise find constructors by reflection. Together with the five open
/// generic services of <c>AddOptions</c>, this would add a millisecond to each cold start.
/// </remarks>
[LambdaStartup]
internal sealed class Startup
{
#pragma warning disable CA1822 // The generated handler calls the method on an instance.
    public void ConfigureServices(IServiceCollection services)
#pragma warning restore CA1822
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(static _ => new ListerEnvironment(Environment.GetEnvironmentVariable).Read());
        services.AddSingleton(static provider => new S3Connector(Get<TimeProvider>(provider)));
        services.AddDefaultAWSOptions(static _ => new AWSOptions { Credentials = new FunctionCredentials() });
        services.AddAWSService<IListObjectsV2>(static (config, provider) => S3ClientSettings.Apply((AmazonS3Config)config, Get<ListerOptions>(provider), Get<S3Connector>(provider)));

        services.AddSingleton(static provider => new AccessRules(Get<ListerOptions>(provider).Grants));
        services.AddSingleton(static provider => new S3PageReader(Get<IListObjectsV2>(provider), Get<ListerOptions>(provider).ListedBucket, Get<TimeProvider>(provider)));
        services.AddSingleton(static provider => new BucketLister(Get<S3PageReader>(provider), Get<ListerOptions>(provider).ScanBudget));
        services.AddSingleton(static provider => new Summarizer(Get<S3PageReader>(provider), Get<ListerOptions>(provider).RequestBudget, Get<TimeProvider>(provider)));
        services.AddSingleton(static provider => new HealthCheck(Get<S3PageReader>(provider)));
        services.AddSingleton(CreateFunctions);
        services.AddSingleton(static provider => Describe(Get<ListerOptions>(provider)));
        services.AddSingleton(static provider => new MetricsLog(Console.OpenStandardOutput(), Get<TimeProvider>(provider)));
        services.AddSingleton(static provider => new RequestPipeline(Get<MetricsLog>(provider), Get<S3Connector>(provider), Get<TimeProvider>(provider)));
    }

    private static ListingFunctions CreateFunctions(IServiceProvider provider)
    {
        var (lister, summarizer, health) = (Get<BucketLister>(provider), Get<Summarizer>(provider), Get<HealthCheck>(provider));
        if (Get<ListerOptions>(provider) is { Priming: true } options)
        {
            Priming priming = new(Get<S3Connector>(provider), lister, summarizer, health);
            priming.Run(Environment.GetEnvironmentVariable("ANNOTATIONS_HANDLER"), () => Get<IListObjectsV2>(provider).Server(options.Bucket));
        }

        return new(Get<RequestPipeline>(provider), Get<AccessRules>(provider), lister, summarizer, health);
    }

    private static ServiceScope Describe(ListerOptions options) => new(
        options.Bucket, Environment.GetEnvironmentVariable("AWS_REGION"), options.ListablePrefixes, options.ScanBudget, options.RequestBudget,
        ListObjectsQuery.MaxPageSize, HealthCheck.Version);

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
