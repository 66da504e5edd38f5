using System.Text;

namespace S3Lister.EndToEnd.Tests;

public sealed class FolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3lister-folder-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Listing_Of_A_Folder_Has_The_Files_That_Find_Finds()
    {
        ExternalProgram.Find.Require();
        for (var i = 0; i < 10_000; i++)
        {
            var path = Path.Combine(_folder.FullName, $"{i % 7}", $"a b+{i % 13}", $"ü%{i}&.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        }

        await using var api = await RunningApi.StartAsync(new() { Folder = _folder.FullName });
        List<string> keys = [];
        string? token = null;
        do
        {
            var page = await Curl.GetAsync(api.Url, $"/objects?{(token is null ? "" : $"continuation-token={token}&")}max-keys=6000");
            keys.AddRange(page.Keys);
            token = page.NextToken;
        }
        while (token is not null);

        var find = await ExternalProgram.Find.RunAsync(
            [_folder.FullName, "-type", "f", "-printf", "%P\\0"], new Dictionary<string, string>(), TestContext.Current.CancellationToken);
        var found = find.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .OrderBy(path => Encoding.UTF8.GetBytes(path), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        Assert.Equal(found, keys);
        Assert.Equal(10_000, keys.Count);
    }
}
