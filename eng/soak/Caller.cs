using System.Net;
using System.Text.Json;
using S3Lister.Local;

namespace S3Lister.Soak;

/// <summary>One of the concurrent callers. It lists random parts of the bucket and compares each entry with the expected one.</summary>
internal sealed class Caller(Api api, int seed)
{
    private static readonly int[] PageSizes = [1, 10, 100, 1000, 1000, 2500];

#pragma warning disable CA5394 // The random numbers need not be secure.
    private readonly Random _random = new(seed);

    public async Task RunAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await (_random.Next(20) switch
            {
                < 14 => WalkAsync(until),
                < 16 => ListFoldersAsync(),
                < 18 => FilterAsync(),
                _ => TrespassAsync(),
            });
        }
    }

    /// <summary>Up to three pages from a random position, connected by their tokens.</summary>
    private async Task WalkAsync(CancellationToken until)
    {
        var next = _random.Next(Bucket.Count);
        var size = PageSizes[_random.Next(PageSizes.Length)];
        var start = next == 0 ? "" : $"&start-after={Uri.EscapeDataString(Bucket.Key(next - 1))}";
        string? token = null;
        for (var pages = 0; pages < 3 && !until.IsCancellationRequested; pages++)
        {
            var page = await PageAsync(token is null ? $"max-keys={size}{start}" : $"continuation-token={token}&max-keys={size}");
            var count = Math.Min(size, Bucket.Count - next);
            CheckObjects(page, Enumerable.Range(next, count));
            next += count;
            token = CheckToken(page, next < Bucket.Count);
            if (token is null)
            {
                return;
            }
        }
    }

    private async Task ListFoldersAsync()
    {
        var page = await PageAsync("delimiter=%2F&prefix=data%2F");
        CheckObjects(page, []);
        Require(page.GetProperty("commonPrefixes").EnumerateArray().Select(prefix => prefix.GetString())
            .SequenceEqual(Enumerable.Range(0, Bucket.Count / Bucket.FolderSize).Select(Bucket.Folder)), "common prefixes");
        CheckToken(page, isTruncated: false);
    }

    /// <summary>A hundred of the ten thousand objects of a folder, which takes ten requests to S3.</summary>
    private async Task FilterAsync()
    {
        var folder = _random.Next(Bucket.Count / Bucket.FolderSize);
        var first = folder * Bucket.FolderSize;
        var page = await PageAsync($"include=%3F%3F%3F%3F00%20%2A&prefix={Uri.EscapeDataString(Bucket.Folder(folder))}");
        CheckObjects(page, Enumerable.Range(0, 100).Select(hundred => first + (100 * hundred)));
        CheckToken(page, isTruncated: false);
    }

    private async Task TrespassAsync()
    {
        var (status, problem) = await api.GetAsync(LocalIdentities.Role, "prefix=data%2F", compressed: false);
        Require(status == HttpStatusCode.Forbidden && problem.GetProperty("code").GetString() == "PrefixNotAllowed", $"{(int)status} for a prefix that is not the caller's");
    }

    private async Task<JsonElement> PageAsync(string query)
    {
        var (status, page) = await api.GetAsync(LocalIdentities.User, query, compressed: _random.Next(2) == 0);
        Require(status == HttpStatusCode.OK, $"{(int)status}: {page}");
        return page;
    }
#pragma warning restore CA5394

    private static void CheckObjects(JsonElement page, IEnumerable<int> numbers)
    {
        var contents = page.GetProperty("contents").EnumerateArray();
        foreach (var number in numbers)
        {
            Require(contents.MoveNext(), $"no object {number}");
            Require(contents.Current.GetProperty("key").ValueEquals(Bucket.Key(number)), $"key of {number}");
            Require(contents.Current.GetProperty("size").GetInt64() == number, $"size of {number}");
            Require(contents.Current.GetProperty("lastModified").ValueEquals(Bucket.LastModified(number)), $"date of {number}");
        }

        Require(!contents.MoveNext(), "an object too many");
    }

    private static string? CheckToken(JsonElement page, bool isTruncated)
    {
        var token = page.GetProperty("nextContinuationToken").GetString();
        Require(page.GetProperty("isTruncated").GetBoolean() == isTruncated && token is not null == isTruncated, "isTruncated");
        Require(page.GetProperty("keyCount").GetInt32()
            == page.GetProperty("contents").GetArrayLength() + page.GetProperty("commonPrefixes").GetArrayLength(), "keyCount");
        return token;
    }

    private static void Require(bool isMet, string what)
    {
        if (!isMet)
        {
            throw new WrongPageException(what);
        }
    }
}

/// <summary>A response is not the expected one.</summary>
internal sealed class WrongPageException(string message) : Exception(message);
