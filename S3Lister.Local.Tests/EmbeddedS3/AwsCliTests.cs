using System.Globalization;
using System.Text;
using System.Text.Json;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class AwsCliTests : IDisposable
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "example",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_OUTPUT"] = "json",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3lister-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Aws_Cli_Fills_Lists_And_Empties_The_Bucket()
    {
        Write("plain.txt", 3);
        Write("sub folder/ü+%&.txt", 5);
        Write("sub folder/empty", 0);
        Write("large.bin", (8 * 1024 * 1024) + 1);
        await using var bucket = await TestBucket.StartAsync();

        await RunAsync(bucket, "s3", "sync", _folder.FullName, $"s3://{TestBucket.Name}/synced/", "--only-show-errors");
        await RunAsync(
            bucket, "s3", "cp", Path.Join(_folder.FullName, "plain.txt"), $"s3://{TestBucket.Name}/copied",
            "--storage-class", "STANDARD_IA", "--only-show-errors");
        await RunAsync(bucket, "s3api", "put-object", "--bucket", TestBucket.Name, "--key", "put//object\u0001");
        var listing = await bucket.ListAsync(new());
        var ls = await RunAsync(bucket, "s3", "ls", $"s3://{TestBucket.Name}/synced/");
        using var head = JsonDocument.Parse(await RunAsync(
            bucket, "s3api", "head-object", "--bucket", TestBucket.Name, "--key", "copied"));
        using var listed = JsonDocument.Parse(await RunAsync(
            bucket, "s3api", "list-objects-v2", "--bucket", TestBucket.Name, "--page-size", "2"));

        string[] keys =
        [
            "copied", "put//object\u0001", "synced/large.bin", "synced/plain.txt", "synced/sub folder/empty",
            "synced/sub folder/ü+%&.txt",
        ];
        Assert.Equal(keys, listing.Keys);
        Assert.Equal([3, 0, (8 * 1024 * 1024) + 1, 3, 0, 5], listing.Contents.Select(entry => entry.Size));
        Assert.Equal("STANDARD_IA", listing.Contents[0].StorageClass);
        Assert.EndsWith("-2\"", listing.Contents[2].ETag, StringComparison.Ordinal);
        Assert.Contains("PRE sub folder/", ls, StringComparison.Ordinal);
        Assert.Equal("STANDARD_IA", head.RootElement.GetProperty("StorageClass").GetString());
        Assert.Equal(
            keys, listed.RootElement.GetProperty("Contents").EnumerateArray().Select(entry => entry.GetProperty("Key").GetString()));

        // One request for each file: nothing was tried again.
        Assert.Equal(5, bucket.Server.Requests[S3Operation.PutObject]);
        Assert.Equal(2, bucket.Server.Requests[S3Operation.UploadPart]);

        // Nothing has changed: a second synchronization uploads nothing.
        await RunAsync(bucket, "s3", "sync", _folder.FullName, $"s3://{TestBucket.Name}/synced/", "--size-only");
        Assert.Equal(5, bucket.Server.Requests[S3Operation.PutObject]);

        await RunAsync(bucket, "s3", "rm", $"s3://{TestBucket.Name}/", "--recursive", "--only-show-errors");
        Assert.Empty((await bucket.ListAsync(new())).Keys);
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
        Assert.Superset(SampleBucket.OddKeys.ToHashSet(), keys.ToHashSet());
    }

    [Fact]
    public async Task Aws_Cli_Makes_A_Bucket_And_Finds_It()
    {
        await using var bucket = await TestBucket.StartAsync();

        await RunAsync(bucket, "s3", "mb", "s3://made-by-cli");
        var buckets = await RunAsync(bucket, "s3", "ls");
        await RunAsync(bucket, "s3api", "head-bucket", "--bucket", "made-by-cli");
        using var location = JsonDocument.Parse(
            await RunAsync(bucket, "s3api", "get-bucket-location", "--bucket", "made-by-cli"));

        Assert.Equal(
            ["made-by-cli", TestBucket.Name],
            buckets.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1]));
        Assert.Equal(JsonValueKind.Null, location.RootElement.GetProperty("LocationConstraint").ValueKind);
    }

    private static async Task<string> RunAsync(TestBucket bucket, params string[] arguments)
    {
        var result = await ExternalProgram.AwsCli.RunAsync(
            ["--endpoint-url", bucket.Server.Endpoint.ToString(), .. arguments],
            Environment,
            TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, string.Create(
            CultureInfo.InvariantCulture, $"aws {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}"));
        return result.Output;
    }

    private void Write(string path, int bytes)
    {
        var full = Path.Join(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, Encoding.ASCII.GetBytes(new string('x', bytes)));
    }
}
