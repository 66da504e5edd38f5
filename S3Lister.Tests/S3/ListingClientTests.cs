using Amazon.Runtime;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.S3;

namespace S3Lister.Tests.S3;

public sealed class ListingClientTests
{
    [Fact]
    public void Region_Is_The_One_To_Sign_For_When_An_Endpoint_Takes_Its_Place()
    {
        var config = S3ClientSettings.Create(new ListerOptions { Endpoint = new("http://127.0.0.1:1") });
        config.AuthenticationRegion = "eu-central-1";

        Assert.Equal("eu-central-1", Region(config));
    }

    [Fact]
    public void Region_Is_The_Clients_Own_When_None_Is_Set_For_Signing()
    {
        var config = S3ClientSettings.Create(new ListerOptions());
        config.RegionEndpoint = Amazon.RegionEndpoint.EUCentral1;

        Assert.Equal("eu-central-1", Region(config));
    }

    private static string? Region(Amazon.S3.AmazonS3Config config)
    {
        using ListingClient client = new(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), config);
        return client.Region;
    }
}
