using Amazon;
using Amazon.Lambda.Annotations;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Exporting;
using S3Lister.Inventory.Finishing;
using S3Lister.Inventory.Planning;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Inventory;

/// <summary>Registers the functions' services. All of them are singletons, because a process handles one event at a time.</summary>
[LambdaStartup]
internal sealed class Startup
{
#pragma warning disable CA1822 // The generated handler calls the method on an instance.
    public void ConfigureServices(IServiceCollection services)
#pragma warning restore CA1822
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(static _ => InventoryOptions.Read(Environment.GetEnvironmentVariable));
        services.AddSingleton(static provider => new S3PageReader(CreateSource(Get<InventoryOptions>(provider)), Get<InventoryOptions>(provider).ListedBucket, Get<TimeProvider>(provider)));
        services.AddSingleton(static provider => CreateRecords(Get<InventoryOptions>(provider)));
        services.AddSingleton(static provider => new Planner(Get<RunRecords>(provider), Get<InventoryOptions>(provider)));
        services.AddSingleton(static provider => new Exporter(Get<S3PageReader>(provider), Get<RunRecords>(provider), Get<InventoryOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(static provider => new Finisher(Get<RunRecords>(provider), Get<InventoryOptions>(provider)));
        services.AddSingleton(static provider => new InventoryFunctions(Get<Planner>(provider), Get<Exporter>(provider), Get<Finisher>(provider), Get<TimeProvider>(provider)));
    }

#pragma warning disable CA2000 // The clients live as long as the process.
    private static ListingClient CreateSource(InventoryOptions options) =>
        new(new EnvironmentVariablesAWSCredentials(), Configure(ListingClient.CreateConfig(), options, options.Endpoint));

    private static RunRecords CreateRecords(InventoryOptions options) =>
        new(new RunStore(
            new AmazonS3Client(new EnvironmentVariablesAWSCredentials(), Configure(new(), options, options.DestinationEndpoint ?? options.Endpoint)),
            options.Destination,
            options.DestinationOwner));
#pragma warning restore CA2000

    private static AmazonS3Config Configure(AmazonS3Config config, InventoryOptions options, Uri? store)
    {
        var region = Environment.GetEnvironmentVariable("AWS_REGION");
        config.ForcePathStyle = options.ForcePathStyle;
        if (store is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
