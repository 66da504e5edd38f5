using S3Lister.Inventory.Configuration;

namespace S3Lister.Inventory.Tests.Runs;

public sealed class InventoryOptionsTests
{
    [Fact]
    public void Options_Are_Read_From_Variables()
    {
        var options = Read(
            ("S3LISTER_BUCKET", "source"), ("S3LISTER_DESTINATION", "target"), ("S3LISTER_PREFIX", "a b/"), ("S3LISTER_EXPECTED_BUCKET_OWNER", "123456789012"),
            ("S3LISTER_DESTINATION_OWNER", "210987654321"), ("S3LISTER_MAX_CONCURRENCY", "64"), ("S3LISTER_REQUEST_PAYER", "true"), ("S3LISTER_ENDPOINT", "http://127.0.0.1:1"), ("S3LISTER_DESTINATION_ENDPOINT", "http://127.0.0.1:2"));

        Assert.Equal(("source", "target", "a b/", "123456789012", "210987654321", 64), (options.Bucket, options.Destination, options.Prefix, options.ExpectedBucketOwner, options.DestinationOwner, options.MaxConcurrency));
        Assert.True(options.ListedBucket.IsRequesterPays);
        Assert.False(options.ForcePathStyle);
        Assert.Equal(("http://127.0.0.1:1/", "http://127.0.0.1:2/"), (options.Endpoint?.AbsoluteUri, options.DestinationEndpoint?.AbsoluteUri));
    }

    [Fact]
    public void All_Violations_Are_Reported_At_Once()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Read(
            ("S3LISTER_EXPECTED_BUCKET_OWNER", "1"), ("S3LISTER_MAX_CONCURRENCY", "0"), ("S3LISTER_FORCE_PATH_STYLE", "yes"), ("S3LISTER_ENDPOINT", "x")));

        foreach (var name in (string[])["S3LISTER_BUCKET", "S3LISTER_DESTINATION", "S3LISTER_EXPECTED_BUCKET_OWNER", "S3LISTER_MAX_CONCURRENCY", "S3LISTER_FORCE_PATH_STYLE", "S3LISTER_ENDPOINT"])
        {
            Assert.Contains($"{name} ", exception.Message, StringComparison.Ordinal);
        }
    }

    private static InventoryOptions Read(params (string Name, string Value)[] variables) =>
        InventoryOptions.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
