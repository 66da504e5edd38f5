using Amazon;
using S3Lister.Functions.Configuration;

namespace S3Lister.Tests.Functions.Configuration;

public sealed class S3ClientSettingsTests
{
    [Fact]
    public void Region_Is_Accepted_When_The_Sdk_Knows_It() =>
        Assert.All(RegionEndpoint.EnumerableAllRegions, region => S3ClientSettings.RequirePartition(region.SystemName, region.PartitionName));

    [Theory]
    [InlineData("us-east-99")]
    [InlineData("garage")]
    public void Region_Is_Accepted_When_The_Sdk_Does_Not_Know_It(string region) => S3ClientSettings.RequirePartition(region, "aws");

    /// <summary>Otherwise <see cref="S3ClientSettings"/> misses regions of a partition that is new in the SDK.</summary>
    [Fact]
    public void Region_Is_Refused_When_It_Is_Taken_For_One_Of_Another_Partition()
    {
        var others = RegionEndpoint.EnumerableAllRegions.Where(region => region.PartitionName != "aws").ToList();

        Assert.NotEmpty(others);
        Assert.All(others, region =>
        {
            var failure = Assert.Throws<InvalidConfigurationException>(() => S3ClientSettings.RequirePartition(region.SystemName, "aws"));
            Assert.Contains(region.SystemName, failure.Message, StringComparison.Ordinal);
        });
    }
}
