using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Tests.Gateway.Support;

namespace S3Lister.Tests.Gateway;

/// <summary>The real function behind the gateway, in front of the sample bucket, called with curl.</summary>
public sealed class LocalStackTests
{
    [Fact]
    public async Task Every_Sample_Object_Is_Listed_Once_And_In_Order()
    {
        await using var stack = await StartAsync();
        List<string> keys = [];
        string? token = null;
        do
        {
            var query = token is null ? "" : $"continuation-token={Uri.EscapeDataString(token)}&";
            var page = await Curl.SignedAsync($"{Origin(stack)}/objects?{query}max-keys=700");
            Assert.Equal(200, page.Status);
            keys.AddRange(page.Json["contents"]!.AsArray().Select(entry => (string)entry!["key"]!));
            token = (string?)page.Json["nextContinuationToken"];
        }
        while (token is not null);

        Assert.Equal(SampleBucket.Count, keys.Count);
        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.True(CompareUtf8(pair.First, pair.Second) < 0, pair.Second));
        Assert.Subset([.. keys], SampleBucket.OddKeys.ToHashSet());
    }

    [Fact]
    public async Task Health_Is_Ready_And_Refused_Unsigned()
    {
        await using var stack = await StartAsync();

        Assert.Equal(200, (await Curl.SignedAsync($"{Origin(stack)}/health")).Status);
        Assert.Equal(Answer.Forbidden, await Curl.CallAsync($"{Origin(stack)}/health"));
    }

    [Fact]
    public async Task Files_Of_A_Folder_Are_Listed()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "a b"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "a b", "c+d é.txt"), "x", TestContext.Current.CancellationToken);
            await using var stack = await LocalStack.StartAsync(
                new LocalOptions { Port = 0, Folder = folder.FullName }, TestContext.Current.CancellationToken);

            var page = await Curl.SignedAsync($"{Origin(stack)}/objects?prefix=a%20b%2F");

            Assert.Equal("a b/c+d é.txt", (string?)Assert.Single(page.Json["contents"]!.AsArray())!["key"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<LocalStack> StartAsync() =>
        LocalStack.StartAsync(new LocalOptions { Port = 0 }, TestContext.Current.CancellationToken);

    private static string Origin(LocalStack stack) => stack.Url.GetLeftPart(UriPartial.Authority);

    private static int CompareUtf8(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));
}
