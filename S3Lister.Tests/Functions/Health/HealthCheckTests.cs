using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using NSubstitute;

namespace S3Lister.Tests.Functions.Health;

public sealed class HealthCheckTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Health_Names_Region_And_Version_When_The_Bucket_Can_Be_Listed()
    {
        _s3.Responds(["a"]).S3.Region.Returns("eu-central-1");

        var response = await _s3.GetHealthAsync();

        Assert.Equal(200, response.Status);
        Assert.Equal("application/json", response.Headers["content-type"]);
        Assert.Equal("ready", response.Json.GetProperty("status").GetString());
        Assert.Equal("eu-central-1", response.Json.GetProperty("region").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", response.Json.GetProperty("version").GetString());
        Assert.Equal(1, Assert.Single(_s3.Requests).MaxKeys);
    }

    [Fact]
    public async Task Health_Is_503_With_The_Cause_When_The_Bucket_Cannot_Be_Listed()
    {
        _s3.Throws(new AmazonS3Exception("no", ErrorType.Sender, "NoSuchBucket", "1", HttpStatusCode.NotFound));

        var response = await _s3.GetHealthAsync();

        Assert.Equal(503, response.Status);
        Assert.Equal("unavailable", response.Json.GetProperty("status").GetString());
        Assert.Equal("NoSuchBucket", response.Json.GetProperty("cause").GetString());
    }

    [Fact]
    public async Task Health_Takes_No_Parameters()
    {
        var response = await _s3.GetHealthAsync("prefix=a");

        Assert.Equal(400, response.Status);
        Assert.Equal("This route takes no query parameters.", response.Json.GetProperty("detail").GetString());
    }
}
