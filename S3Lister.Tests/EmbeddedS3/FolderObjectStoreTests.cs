using System.Globalization;
using System.Net;
using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Tests.Support;

namespace S3Lister.Tests.EmbeddedS3;

public sealed class FolderObjectStoreTests : IAsyncDisposable
{


    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3lister-folder-");
    private readonly List<string> _reports = [];

    // .NET cannot delete a name that is not UTF-8.
    public async ValueTask DisposeAsync() => await RunShellAsync("rm -rf \"$PWD\"");

    [Theory]
    [InlineData("", "")]
    [InlineData("", "/")]
    [InlineData("a/", "/")]
    [InlineData("a", "")]
    [InlineData("a/b", "c")]
    [InlineData("nothing", "/")]
    public async Task Folder_Lists_What_Find_Finds(string prefix, string delimiter)
    {
        Write("a.txt", "a0", "a/1", "a/b/2", "a/b/c/3", "a/b-c/4", "a/b.c", "b/ü 😀\n", "b/%+&<>\"'", "\uE000", "\U00010000");
        _folder.CreateSubdirectory("empty/below/");
        File.CreateSymbolicLink(Full("link-to-file"), Full("a.txt"));
        Directory.CreateSymbolicLink(Full("link-to-folder"), Full("a"));
        File.CreateSymbolicLink(Full("broken-link"), Full("nowhere"));
        await using var bucket = await StartAsync();

        var entries = await EntriesAsync(bucket, prefix, delimiter);

        Assert.Equal(
            NaiveListing.Entries(await FindAsync(), prefix, delimiter, "").Select(entry => entry.Name), entries);
        Assert.Empty(_reports);
    }

    [Fact]
    public async Task Folder_Of_Ten_Thousand_Files_Lists_What_Find_Finds()
    {
        Write([.. Enumerable.Range(0, 10_000).Select(number => $"{number % 7}/{number % 31}/{number}")]);
        await using var bucket = await StartAsync();

        var entries = await EntriesAsync(bucket, "", "", maxKeys: 1000);

        Assert.Equal((await FindAsync()).Order(NaiveListing.Utf8Order), entries);
    }

    [Fact]
    public async Task Object_Has_The_Size_And_Time_Of_The_File_And_A_Stable_Tag()
    {
        Write("a");
        await File.WriteAllTextAsync(Full("a"), "12345", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Full("a"), new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc));
        await using var bucket = await StartAsync();

        var listed = Assert.Single((await bucket.ListAsync(new())).Contents);
        var again = Assert.Single((await bucket.ListAsync(new())).Contents);
        File.SetLastWriteTimeUtc(Full("a"), new DateTime(2026, 1, 2, 3, 4, 5, 679, DateTimeKind.Utc));
        var changed = Assert.Single((await bucket.ListAsync(new())).Contents);

        Assert.Equal((5, "2026-01-02T03:04:05.000Z"), (listed.Size, listed.LastModified));
        Assert.Equal(listed, again);
        Assert.NotEqual(listed.ETag, changed.ETag);
    }

    [Fact]
    public async Task Folder_Is_Live()
    {
        Write("a/1", "b");
        await using var bucket = await StartAsync();
        var first = await bucket.ListAsync(new(MaxKeys: "1"));
        Write("a/2", "c");
        File.Delete(Full("b"));

        var second = await bucket.ListAsync(new(Token: first.NextContinuationToken));

        Assert.Equal(["a/1"], first.Keys);
        Assert.Equal(["a/2", "c"], second.Keys);
    }

    [Theory]
    [InlineData("PUT", "/test-bucket/new")]
    [InlineData("DELETE", "/test-bucket/a")]
    [InlineData("POST", "/test-bucket?delete")]
    [InlineData("POST", "/test-bucket/a?uploads")]
    public async Task Folder_Denies_Writes(string method, string target)
    {
        Write("a");
        await using var bucket = await StartAsync();

        var answer = await bucket.Client.SendAsync(new HttpMethod(method), target, "1");

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (answer.Status, answer["Code"]));
        Assert.Equal(["a"], await FindAsync());
    }

    [Fact]
    public async Task Head_Describes_A_File_And_Only_A_File()
    {
        Write("a/1");
        await using var bucket = await StartAsync();

        var file = await bucket.Client.SendAsync(HttpMethod.Head, "/test-bucket/a/1");
        var folder = await bucket.Client.SendAsync(HttpMethod.Head, "/test-bucket/a/");
        var outside = await bucket.Client.SendAsync(HttpMethod.Head, "/test-bucket/../a/1");

        Assert.Equal((HttpStatusCode.OK, "3"), (file.Status, file.Headers["Content-Length"]));
        Assert.Equal(HttpStatusCode.NotFound, folder.Status);
        Assert.Equal(HttpStatusCode.NotFound, outside.Status);
    }

    [Fact]
    public async Task File_That_No_Key_Can_Name_Is_Reported_Once_And_The_Others_Are_Listed()
    {
        Write("a");
        var deep = string.Join('/', Enumerable.Repeat(new string('d', 200), 6));
        Write($"{deep}/file");
        await RunShellAsync("printf x > \"$(printf 'bad-\\377-name')\"; mkdir \"$(printf 'folder-\\377')\"");
        await using var bucket = await StartAsync();

        var first = await bucket.ListAsync(new());
        await bucket.ListAsync(new());

        Assert.Equal(["a"], first.Keys);
        Assert.Equal(3, _reports.Count);
        Assert.Contains(_reports, report => report.Contains("bad-", StringComparison.Ordinal) && report.Contains("not UTF-8", StringComparison.Ordinal));
        Assert.Contains(_reports, report => report.Contains("folder-", StringComparison.Ordinal));
        Assert.Contains(_reports, report => report.Contains("1024 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_Whose_Name_Has_The_Replacement_Character_Itself_Is_Listed()
    {
        Write("odd-\uFFFD");
        await using var bucket = await StartAsync();

        Assert.Equal(["odd-\uFFFD"], (await bucket.ListAsync(new())).Keys);
        Assert.Empty(_reports);
    }

    [Fact]
    public void Folder_That_Does_Not_Exist_Is_Refused() =>
        Assert.Throws<DirectoryNotFoundException>(() => new FolderObjectStore(Full("missing"), _reports.Add));

    private static async Task<List<string>> EntriesAsync(
        TestBucket bucket, string prefix, string delimiter, int maxKeys = 2)
    {
        var entries = new List<string>();
        string? token = null;
        do
        {
            var page = await bucket.ListAsync(new(
                prefix, delimiter, MaxKeys: maxKeys.ToString(CultureInfo.InvariantCulture), Token: token));
            entries.AddRange(page.Keys.Concat(page.CommonPrefixes).Order(NaiveListing.Utf8Order));
            token = page.NextContinuationToken;
        }
        while (token is not null);

        return entries;
    }

    private Task<TestBucket> StartAsync() =>
        TestBucket.StartAsync(new FolderObjectStore(_folder.FullName, _reports.Add));

    private async Task<IEnumerable<string>> FindAsync()
    {
        var found = await ExternalProgram.Find.RunAsync(
            [_folder.FullName, "-type", "f", "-printf", "%P\\0"],
            new Dictionary<string, string>(),
            TestContext.Current.CancellationToken);
        Assert.Equal(0, found.ExitCode);
        return found.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task RunShellAsync(string script)
    {
        var result = await ExternalProgram.Shell.RunAsync(
            ["-c", $"cd '{_folder.FullName}' && {script}"],
            new Dictionary<string, string>(),
            TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private void Write(params string[] paths)
    {
        foreach (var path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
            File.WriteAllBytes(Full(path), Encoding.UTF8.GetBytes(path));
        }
    }

    private string Full(string path) => Path.Join(_folder.FullName, path);
}
