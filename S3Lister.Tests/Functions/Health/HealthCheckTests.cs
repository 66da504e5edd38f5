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
        _s3.Answers(["a"]).S3.Region.Returns("eu-central-1");

        var answer = await _s3.GetHealthAsync();

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.Headers["content-type"]);
        Assert.Equal("ready", answer.Json.GetProperty("status").GetString());
        Assert.Equal("eu-central-1", answer.Json.GetProperty("region").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", answer.Json.GetProperty("version").GetString());
        Assert.Equal(1, Assert.Single(_s3.Requests).MaxKeys);
    }

    [Fact]
    public async Task Health_Is_503_With_The_Causes_Class_When_The_Bucket_Cannot_Be_Listed()
    {
        _s3.Throws(new AmazonS3Exception("no", ErrorType.Sender, "NoSuchBucket", "1", HttpStatusCode.NotFound));

        var answer = await _s3.GetHealthAsync();

        Assert.Equal(503, answer.Status);
        Assert.Equal("unavailable", answer.Json.GetProperty("status").GetString());
        Assert.Equal("NoSuchBucket", answer.Json.GetProperty("cause").GetString());
    }

    [Fact]
    public async Task Health_Takes_No_Parameters()
    {
        var answer = await _s3.GetHealthAsync("prefix=a");

        Assert.Equal(400, answer.Status);
        Assert.Equal("This route takes no query parameters.", answer.Json.GetProperty("detail").GetString());
    }
}
