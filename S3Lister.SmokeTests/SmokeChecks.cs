using System.Net;
using System.Text;
using System.Text.Json;

namespace S3Lister.SmokeTests;

/// <summary>
/// Checks of a deployed API that pass with any bucket. Each check makes a few calls, changes nothing and lists only the
/// prefix. A response with a status of 500 or more fails it.
/// </summary>
internal sealed class SmokeChecks(ApiClient api, string version, string prefix)
{
    private const string Listing = "/objects";

    private readonly string _nothing = prefix + "no object of this name, says the smoke test/";

    /// <summary>The bucket can be listed, and the deployed version is live.</summary>
    public async Task HealthHasTheVersionAsync()
    {
        var response = await api.GetAsync("/health");

        Assert.Equal(HttpStatusCode.OK, response.Status);
        using var health = JsonDocument.Parse(response.Body);
        Assert.Equal("ready", health.RootElement.GetProperty("status").GetString());
        var live = health.RootElement.GetProperty("version").GetString();
        Assert.True(live == version || live?.Split('+')[0] == version, $"{live} is live, and not {version}.");
    }

    /// <summary>The prefixes that the caller may list include the prefix.</summary>
    public async Task AccessCoversThePrefixAsync()
    {
        var response = await api.GetAsync("/access");

        Assert.Equal(HttpStatusCode.OK, response.Status);
        using var access = JsonDocument.Parse(response.Body);
        var prefixes = access.RootElement.GetProperty("prefixes").EnumerateArray().Select(granted => granted.GetString()!).ToArray();
        Assert.True(
            prefixes.Any(granted => prefix.StartsWith(granted, StringComparison.Ordinal)),
            $"The caller may list '{string.Join("', '", prefixes)}', and not '{prefix}'.");
    }

    /// <summary>A call without a signature, or with a wrong one, is refused.</summary>
    public async Task OnlySignedCallsAreAcceptedAsync()
    {
        foreach (var path in new[] { Listing, "/health", "/access" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await api.GetUnsignedAsync(path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await api.GetForgedAsync(path)).Status);
        }
    }

    /// <summary>Small pages together have the keys of one large page: no page is cut silently.</summary>
    /// <returns>False if the bucket has too few objects for this check.</returns>
    public async Task<bool> ListingIsWholeAsync()
    {
        var whole = Page.Of(await api.GetAsync(Listing, ("max-keys", "300"), ("prefix", prefix)));
        if (whole.Keys.Count < 2)
        {
            return false;
        }

        var size = Math.Max(1, whole.Keys.Count / 3);
        List<string> walked = [];
        for (string? token = null; walked.Count < whole.Keys.Count;)
        {
            var page = Page.Of(await api.GetAsync(Listing, token is null
                ? [("max-keys", $"{size}"), ("prefix", prefix)]
                : [("max-keys", $"{size}"), ("prefix", prefix), ("continuation-token", token)]));
            walked.AddRange(page.Keys);
            if ((token = page.Token) is null)
            {
                break;
            }
        }

        // Objects may be added or deleted between the calls, so only missing keys are an error.
        Assert.True(
            walked.Count >= whole.Keys.Count,
            $"A walk in pages of {size} ended after {walked.Count} keys, and one page has {whole.Keys.Count}.");
        return true;
    }

    /// <summary>The three formats have the same entries.</summary>
    public async Task FormatsAgreeAsync()
    {
        var json = Page.Of(await api.GetAsync(Listing, ("max-keys", "5"), ("prefix", prefix)));
        foreach (var (type, heading) in new[] { ("application/x-ndjson", 0), ("text/csv", 1) })
        {
            var response = await api.GetAsync(Listing, [("max-keys", "5"), ("prefix", prefix)], [("Accept", type)]);

            Assert.Equal(HttpStatusCode.OK, response.Status);
            Assert.Equal(type, response.MediaType);
            var lines = response.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - heading;
            Assert.True(lines >= json.Keys.Count, $"{type} has {lines} lines of {json.Keys.Count} entries.");
        }
    }

    /// <summary>A prefix without objects is an empty list; a wrong parameter is a problem that names it.</summary>
    public async Task MistakesAreNamedAsync()
    {
        var nothing = Page.Of(await api.GetAsync(Listing, ("prefix", _nothing)));
        Assert.Empty(nothing.Keys);

        var wrong = await api.GetAsync(Listing, ("max-keys", "0"), ("prefix", prefix));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("application/problem+json", wrong.MediaType);
        using var problem = JsonDocument.Parse(wrong.Body);
        Assert.Equal("InvalidParameter", problem.RootElement.GetProperty("code").GetString());
    }

    /// <summary>An unchanged page is not sent again.</summary>
    public async Task UnchangedPagesAreNotSentAgainAsync()
    {
        (string, string)[] query = [("max-keys", "1"), ("prefix", _nothing)];
        var first = await api.GetAsync(Listing, query);
        var second = await api.GetAsync(Listing, query, [("If-None-Match", first.ETag ?? "")]);

        Assert.NotNull(first.ETag);
        Assert.Equal(HttpStatusCode.NotModified, second.Status);
    }

    private sealed record Page(IReadOnlyList<string> Keys, string? Token)
    {
        /// <summary>Reads a page, and checks what is true of every page.</summary>
        public static Page Of(ApiResponse response)
        {
            Assert.True(response.Status == HttpStatusCode.OK, $"GET {response.Target} returned {(int)response.Status}: {response.Body}");
            using var document = JsonDocument.Parse(response.Body);
            var page = document.RootElement;
            string[] keys = [.. page.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];
            var token = page.GetProperty("nextContinuationToken").GetString();

            Assert.Equal(keys.Length, page.GetProperty("keyCount").GetInt32());
            Assert.Equal(page.GetProperty("isTruncated").GetBoolean(), token is not null);
            Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.True(
                Encoding.UTF8.GetBytes(pair.First).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(pair.Second)) < 0,
                $"'{pair.Second}' comes after '{pair.First}'."));
            return new(keys, token);
        }
    }
}
