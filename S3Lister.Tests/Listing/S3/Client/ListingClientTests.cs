using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Functions;
using S3Lister.Functions.Configuration;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Tests.Listing.S3.Client;

public sealed class ListingClientTests
{
    [Fact]
    public async Task Client_Has_The_Functions_Settings_When_The_Container_Creates_It()
    {
        await using var services = Services(new AWSOptions());

        var client = Assert.IsType<ListingClient>(services.GetRequiredService<IListObjectsV2>());

        var config = Assert.IsType<AmazonS3Config>(client.Config);
        Assert.Equal("http://127.0.0.1:1/", config.ServiceURL);
        Assert.True(config.ForcePathStyle);
        Assert.True(config.ResignRetries);
        Assert.Equal(1, config.MaxStaleConnectionRetries);
        Assert.IsType<ListingHttpClientFactory>(config.HttpClientFactory);
        Assert.IsType<RememberedEndpoint>(config.EndpointProvider);
        Assert.Same(client, services.GetRequiredService<IListObjectsV2>());
    }

    [Fact]
    public async Task Client_Uses_The_Default_AWS_Options_When_The_Container_Creates_It()
    {
        await using var services = Services(new AWSOptions { DefaultClientConfig = { MaxErrorRetry = 7 } });

        var client = Assert.IsType<ListingClient>(services.GetRequiredService<IListObjectsV2>());

        Assert.Equal(7, client.Config.MaxErrorRetry);
    }

    [Fact]
    public async Task Region_Is_That_Of_The_Function_When_There_Is_An_Endpoint()
    {
        await using var services = Services(new AWSOptions());

        Assert.Equal("us-east-1", services.GetRequiredService<IListObjectsV2>().Region);
    }

    [Fact]
    public async Task Region_Is_That_Of_The_Default_AWS_Options_When_They_Have_One()
    {
        await using var services = Services(new AWSOptions { Region = Amazon.RegionEndpoint.EUCentral1 });

        Assert.Equal("eu-central-1", services.GetRequiredService<IListObjectsV2>().Region);
    }

    [Fact]
    public async Task Region_Is_The_Signing_Region_When_The_Default_AWS_Options_Have_One()
    {
        await using var services = Services(new AWSOptions { DefaultClientConfig = { AuthenticationRegion = "eu-central-2" } });

        Assert.Equal("eu-central-2", services.GetRequiredService<IListObjectsV2>().Region);
    }

    [Fact]
    public void Region_Is_That_Of_The_Client_When_There_Is_No_Signing_Region()
    {
        var config = ListingClient.CreateConfig();
        config.RegionEndpoint = Amazon.RegionEndpoint.EUCentral1;
        using ListingClient client = new(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), config);

        Assert.Equal("eu-central-1", client.Region);
    }

    /// <summary>The services of <see cref="Startup"/> with a path-style endpoint and other options of the AWS SDK.</summary>
    private static ServiceProvider Services(AWSOptions options)
    {
        Dictionary<string, string> environment = new()
        {
            [ListerEnvironment.Bucket] = "example-bucket",
            [ListerEnvironment.Endpoint] = "http://127.0.0.1:1",
            [ListerEnvironment.ForcePathStyle] = "true",
        };
        options.Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
        ServiceCollection services = new();
        new Startup().ConfigureServices(services);
        services.AddSingleton(_ => new ListerEnvironment(environment.GetValueOrDefault).Read());
        services.AddDefaultAWSOptions(options);
        return services.BuildServiceProvider();
    }
}
