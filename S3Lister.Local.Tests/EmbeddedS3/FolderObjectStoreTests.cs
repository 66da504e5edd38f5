using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class FolderObjectStoreTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly List<string> _reports = [];

    public FolderObjectStoreTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow the names of these files.");
        ExternalProgram.Shell.Require();
        _folder = Directory.CreateTempSubdirectory("s3lister-folder-");
    }

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
        await RunShellAsync("mkfifo fifo a/fifo; mknod null c 1 3 || true; ln -s loop loop; ln -s . a/here");
        using var socket = Listen("socket");
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

        var response = await bucket.Client.SendAsync(new HttpMethod(method), target, "1");

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (response.Status, response["Code"]));
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
    public async Task Names_That_Dotnet_Cannot_Distinguish_Are_Listed_Once()
    {
        Write("odd-\uFFFD", "folder-\uFFFD/file");
        await RunShellAsync("""
            printf x > "$(printf 'odd-\377')"; printf x > "$(printf 'odd-\376')"
            mkdir "$(printf 'folder-\377')"; printf x > "$(printf 'folder-\377/other')"
            """);
        await using var bucket = await StartAsync();

        Assert.Equal(["folder-\uFFFD/file", "odd-\uFFFD"], (await bucket.ListAsync(new())).Keys);
        Assert.Equal(2, _reports.Count);
        Assert.All(_reports, report => Assert.EndsWith("its name is not UTF-8, and keys are.", report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Path_That_Is_Longer_Than_The_System_Allows_Is_Reported_And_The_Others_Are_Listed()
    {
        Write("a");
        await RunShellAsync("""
            d=$(printf 'd%.0s' $(seq 200)); for i in $(seq 25); do mkdir "$d" && cd -P "$d" || exit 1; done; printf x > file
            """);
        await using var bucket = await StartAsync();

        Assert.Equal(["a"], (await bucket.ListAsync(new())).Keys);
        Assert.Contains("1024 bytes", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Of_A_Year_Beyond_9999_Is_Listed()
    {
        const string SharedMemory = "/dev/shm"; // a file system that has such years, as ext4 has not
        ExternalProgram.Require(Directory.Exists(SharedMemory), $"This test needs {SharedMemory}.");
        var folder = Directory.CreateDirectory(Path.Join(SharedMemory, $"s3lister-{Guid.NewGuid():N}"));
        try
        {
            await File.WriteAllTextAsync(Path.Join(folder.FullName, "a"), "x", TestContext.Current.CancellationToken);
            await ExternalProgram.Shell.RunAsync("-c", $"touch -d @300000000000 '{folder.FullName}/a'");
            await using var bucket = await TestBucket.StartAsync(new FolderObjectStore(folder.FullName, _reports.Add));

            var listed = Assert.Single((await bucket.ListAsync(new())).Contents);

            Assert.Equal("9999-12-31T23:59:59.000Z", listed.LastModified);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Survey_Counts_What_Is_Left_Out_By_Kind()
    {
        Write("a/file", $"{string.Join('/', Enumerable.Repeat(new string('d', 200), 5))}/{new string('f', 100)}");
        await RunShellAsync("""
            mkfifo fifo a/fifo; ln -s a link; ln -s file a/link; ln -s nowhere dangling; ln -s loop loop
            printf x > "$(printf 'bad-\377')"; printf x > "$(printf 'bad-\376')"; mkdir "$(printf 'folder-\377')"
            """);
        using var socket = Listen("a/socket");
        FolderObjectStore store = new(_folder.FullName, _ => { });

        await using FolderSurvey survey = new(store, _reports.Add);
        await survey.Done;

        Assert.Equal(
            [
                $"11 entries of {_folder.FullName} left out: 2 FIFOs, 1 socket, 2 links, 2 dangling links, "
                + "3 names that are not UTF-8, 1 path longer than a key can be. "
                + "Only regular files are objects, and links are not followed.",
            ],
            _reports);
    }

    [Fact]
    public async Task Survey_Says_Nothing_When_Everything_Is_Listed()
    {
        Write("a", "b/c", "odd-\uFFFD");
        _folder.CreateSubdirectory("empty");

        await using FolderSurvey survey = new(new FolderObjectStore(_folder.FullName, _reports.Add), _reports.Add);
        await survey.Done;

        Assert.Empty(_reports);
    }

    [Fact]
    public async Task Folder_That_Is_Itself_A_Link_Is_Listed()
    {
        Write("a/file");
        Directory.CreateSymbolicLink(Full("link"), Full("a"));
        await using var bucket = await TestBucket.StartAsync(new FolderObjectStore(Full("link"), _reports.Add));

        Assert.Equal(["file"], (await bucket.ListAsync(new())).Keys);
    }

    [Fact]
    public async Task Directory_That_May_Not_Be_Read_Or_Searched_Is_Reported()
    {
        Write("a", "unreadable/file", "unsearchable/file");
        await RunShellAsync("chmod 755 .; chmod 755 a; chmod 311 unreadable; chmod 644 unsearchable");
        List<string> keys = [];

        OrdinaryUser.Run(() =>
        {
            var cursor = new FolderObjectStore(_folder.FullName, _reports.Add).OpenCursor();
            for (var found = cursor.Seek([]); found; found = cursor.MoveNext())
            {
                keys.Add(Encoding.UTF8.GetString(cursor.Key));
            }
        });
        await RunShellAsync("chmod 755 unreadable unsearchable");

        Assert.Equal(["a"], keys);
        Assert.Equal(2, _reports.Count);
        Assert.All(_reports, report => Assert.EndsWith("it may not be read.", report, StringComparison.Ordinal));
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

    private Socket Listen(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, 0);
        socket.Bind(new UnixDomainSocketEndPoint(Full(path)));
        return socket;
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
