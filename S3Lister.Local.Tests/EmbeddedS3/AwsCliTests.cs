using System.Globalization;
using System.Text;
using System.Text.Json;
using S3Lister.Local.EmbeddedS3.Sample;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class AwsCliTests
{
    [Fact]
    public async Task Aws_Cli_Lists_Folders_And_Pages_And_Describes_An_Object()
    {
        string[] keys = ["copied", "put//object\u0001", "synced/large.bin", "synced/plain.txt", "synced/sub folder/empty", "synced/sub folder/ü+%&.txt"];
        await using var bucket = await TestBucket.StartAsync(new InMemoryObjectStore(keys.Select(key => new StoredObject(
            Encoding.UTF8.GetBytes(key), TestBucket.Info(key.Length) with { StorageClass = StorageClass.StandardIA }))));

        var ls = await RunAsync(bucket, "s3", "ls", $"s3://{TestBucket.Name}/synced/");
        using var head = JsonDocument.Parse(await RunAsync(
            bucket, "s3api", "head-object", "--bucket", TestBucket.Name, "--key", "copied"));
        using var listed = JsonDocument.Parse(await RunAsync(
            bucket, "s3api", "list-objects-v2", "--bucket", TestBucket.Name, "--page-size", "2"));

        Assert.Contains("PRE sub folder/", ls, StringComparison.Ordinal);
        Assert.Equal("STANDARD_IA", head.RootElement.GetProperty("StorageClass").GetString());
        Assert.Equal("copied".Length, head.RootElement.GetProperty("ContentLength").GetInt64());
        Assert.Equal(
            keys, listed.RootElement.GetProperty("Contents").EnumerateArray().Select(entry => entry.GetProperty("Key").GetString()));
    }

    [Fact]
    public async Task Aws_Cli_Reads_The_Whole_Sample_Bucket()
    {
        await using var bucket = await TestBucket.StartAsync(SampleBucket.Create());

        using var listed = JsonDocument.Parse(await RunAsync(
            bucket, "s3api", "list-objects-v2", "--bucket", TestBucket.Name));

        var keys = listed.RootElement.GetProperty("Contents").EnumerateArray()
            .Select(entry => entry.GetProperty("Key").GetString()!)
            .ToList();
        Assert.Equal(SampleBucket.Count, keys.Count);
        Assert.Equal(keys.Distinct().Order(NaiveListing.Utf8Order), keys);
        Assert.Superset(OddKeys.All.ToHashSet(), keys.ToHashSet());
    }

    [Fact]
    public async Task Aws_Cli_Finds_The_Bucket()
    {
        await using var bucket = await TestBucket.StartAsync();

        var buckets = await RunAsync(bucket, "s3", "ls");
        await RunAsync(bucket, "s3api", "head-bucket", "--bucket", TestBucket.Name);
        using var location = JsonDocument.Parse(
            await RunAsync(bucket, "s3api", "get-bucket-location", "--bucket", TestBucket.Name));

        Assert.Equal(
            [TestBucket.Name], buckets.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1]));
        Assert.Equal(JsonValueKind.Null, location.RootElement.GetProperty("LocationConstraint").ValueKind);
    }

    private static async Task<string> RunAsync(TestBucket bucket, params string[] arguments)
    {
        var result = await ExternalProgram.AwsCli.RunAsync(
            ["--endpoint-url", bucket.Server.Endpoint.ToString(), "--output", "json", .. arguments]);
        Assert.True(result.ExitCode == 0, string.Create(
            CultureInfo.InvariantCulture, $"aws {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}"));
        return result.Output;
    }
}
