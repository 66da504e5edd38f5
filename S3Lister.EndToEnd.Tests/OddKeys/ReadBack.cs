using System.Globalization;
using System.Text;

namespace S3Lister.EndToEnd.Tests.OddKeys;

/// <summary>Lists a bucket through the whole API, signed by curl, in each format and coding, and reads it with Python.</summary>
internal sealed class ReadBack : IDisposable
{
    /// <summary>
    /// Format, coding and curl's arguments for them. At most one header is passed as an argument: curl 7.88 sorts
    /// <c>accept-encoding</c> before <c>accept</c> when it signs, and SigV4 sorts it after.
    /// </summary>
    private static readonly (string Format, string Coding, string[] Arguments)[] Forms =
    [
        ("json", "identity", []),
        ("json", "gzip", ["--compressed", "--header", "accept-encoding: gzip"]),
        ("json", "br", ["--compressed"]),
        ("ndjson", "identity", ["--header", "accept: application/x-ndjson"]),
        ("ndjson", "br", ["--compressed", "--header", "accept: application/x-ndjson"]),
        ("csv", "identity", ["--header", "accept: text/csv"]),
        ("csv", "br", ["--compressed", "--header", "accept: text/csv"]),
    ];

    private static readonly ExternalProgram Python = new(
        "python3", "Python 3.11 or later", "-c", "import sys; sys.exit(sys.version_info < (3, 11))");
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "OddKeys", "read_back.py");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3lister-odd-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Fails if the keys that were uploaded and the keys that were read differ.</summary>
    public async Task CheckAsync(Uri s3, string bucket, IReadOnlyCollection<string> put)
    {
        var curl = await ExternalProgram.Curl.RunAsync("--version");
        ExternalProgram.Require(curl.Output.Contains("brotli", StringComparison.Ordinal), "This test needs a curl that decompresses Brotli.");
        var expected = Path.Combine(_folder.FullName, "expected");
        await File.WriteAllLinesAsync(
            expected, put.Select(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key))), TestContext.Current.CancellationToken);
        await using var api = await RunningApi.StartAsync(new() { Bucket = bucket, Endpoint = s3.GetLeftPart(UriPartial.Authority) });

        foreach (var (format, coding, arguments) in Forms)
        {
            var pages = await FetchAsync(api.Url, coding, arguments);
            var run = await Python.RunAsync(
                [Script, format, expected, .. pages], new Dictionary<string, string>(), TestContext.Current.CancellationToken);

            Assert.True(run.ExitCode == 0, $"{format}, {coding}: {run.Output}{run.Error}");
            Assert.Equal(put.Count, int.Parse(run.Output, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Follows the links from page to page, and writes each decoded body to a file.</summary>
    private async Task<List<string>> FetchAsync(Uri api, string coding, string[] arguments)
    {
        List<string> pages = [];
        var query = "?max-keys=1000";
        while (query is not null)
        {
            var page = await Curl.GetAsync(new Uri(api, "/objects"), query, arguments: arguments);
            Assert.True(page.Status == 200, page.Body);
            Assert.Equal(coding, page.Headers["content-encoding"].SingleOrDefault("identity"));
            pages.Add(Path.Combine(_folder.FullName, $"page-{pages.Count}"));
            await File.WriteAllTextAsync(pages[^1], page.Body, TestContext.Current.CancellationToken);
            query = page.Headers["link"].SingleOrDefault() is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        return pages;
    }
}
