namespace S3Lister.Client.Tests;

public sealed class ApiRegionTests
{
    [Theory]
    [InlineData("https://abc.execute-api.eu-west-1.amazonaws.com", "eu-west-1")]
    [InlineData("https://abc.execute-api.cn-north-1.amazonaws.com.cn/live", "cn-north-1")]
    [InlineData("https://vpce-1.execute-api.us-gov-west-1.vpce.amazonaws.com", "us-gov-west-1")]
    [InlineData("https://abc.execute-api.eu-west-1.api.aws", "eu-west-1")]
    [InlineData("https://list.example.com", null)]
    [InlineData("https://abc.execute-api", null)]
    [InlineData("http://127.0.0.1:5387", null)]
    public void Region_Is_The_One_In_The_Host_Name(string api, string? region) => Assert.Equal(region, ApiRegion.FromHost(new Uri(api)));

    [Fact]
    public void Region_Is_That_Of_The_Environment_When_The_Host_Name_Has_None()
    {
        using var client = new S3ListerClient(new Uri("https://list.example.com"));

        Assert.Equal(Environment.GetEnvironmentVariable("AWS_REGION"), client.Region);
    }

    [Theory]
    [InlineData("ftp://example.com")]
    [InlineData("/objects")]
    public void Url_Is_Refused_When_It_Is_Not_Http(string api) =>
        Assert.Throws<ArgumentException>(() => new S3ListerClient(new Uri(api, UriKind.RelativeOrAbsolute)));
}
