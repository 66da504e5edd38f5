using System.Text.Json;

namespace S3Lister.EndToEnd.Tests;

[Collection<MotoServerTests>]
public sealed class MotoListingTests(MotoServer moto) : IDisposable
{
    private const string Bucket = "moto-bucket";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3lister-moto-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Listing_Of_Another_S3_Is_That_Of_The_Aws_Cli()
    {
        await moto.ResetAsync(TestContext.Current.CancellationToken);
        foreach (var name in (string[])["plain", "a b", "a+b", "100%", "ü/日本語", "logs/1", "logs/2", "logs/deep/3", "e&<>'\"", "😀"])
        {
            var path = Path.Combine(_folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, name, TestContext.Current.CancellationToken);
        }

        await AwsAsync("s3", "mb", $"s3://{Bucket}");
        await AwsAsync("s3", "sync", _folder.FullName, $"s3://{Bucket}/", "--only-show-errors");
        await AwsAsync("s3api", "put-object", "--bucket", Bucket, "--key", "folder//marker/");
        await using var api = await RunningApi.StartAsync(new()
        {
            Bucket = Bucket,
            Endpoint = moto.Endpoint.GetLeftPart(UriPartial.Authority),
        });

        foreach (var (query, arguments) in ((string, string[])[])
        [
            ("", []),
            ("?prefix=logs%2F", ["--prefix", "logs/"]),
            ("?delimiter=%2F", ["--delimiter", "/"]),
            ("?delimiter=%2F&prefix=logs%2F", ["--delimiter", "/", "--prefix", "logs/"]),
            ("?start-after=a%2Bb", ["--start-after", "a+b"]),
            ("?prefix=nothing", ["--prefix", "nothing"]),
        ])
        {
            var ours = await Curl.GetAsync(api.Url, $"/objects{query}");
            var text = await AwsAsync(["s3api", "list-objects-v2", "--bucket", Bucket, .. arguments]);
            var theirs = JsonElement.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text);

            Assert.True(ours.Status == 200, string.Join('\n', api.Log.Lines));
            Assert.Equal(Entries(theirs, "Contents", "Key", "Size", "ETag"), Entries(ours.Json, "contents", "key", "size", "eTag"));
            Assert.Equal(
                theirs.TryGetProperty("CommonPrefixes", out var prefixes)
                    ? prefixes.EnumerateArray().Select(prefix => prefix.GetProperty("Prefix").GetString())
                    : [],
                ours.CommonPrefixes);
        }
    }

    private static string[] Entries(JsonElement listing, string list, params string[] fields) =>
        listing.TryGetProperty(list, out var entries)
            ? [.. entries.EnumerateArray().Select(entry => string.Join('|', fields.Select(field => entry.GetProperty(field).ToString())))]
            : [];

    private async Task<string> AwsAsync(params string[] arguments)
    {
        var run = await ExternalProgram.AwsCli.RunAsync(
            ["--endpoint-url", moto.Endpoint.AbsoluteUri, "--output", "json", .. arguments], new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
