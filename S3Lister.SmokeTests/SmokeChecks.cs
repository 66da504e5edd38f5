using System.Net;
using System.Text;
using System.Text.Json;

namespace S3Lister.SmokeTests;

/// <summary>
/// What must hold of a deployed API, whatever is in its bucket. Each check makes a few calls and changes nothing, lists
/// nothing but what is below the prefix, and an answer of 500 or more fails it.
/// </summary>
internal sealed class SmokeChecks(ApiClient api, string version, string prefix)
{
    private const string Listing = "/objects";

    private readonly string _nothing = prefix + "no object of this name, says the smoke test/";

    /// <summary>The bucket can be listed, and the code that answers is the version that was deployed.</summary>
    public async Task HealthHasTheVersionAsync()
    {
        var answer = await api.GetAsync("/health");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        using var health = JsonDocument.Parse(answer.Body);
        Assert.Equal("ready", health.RootElement.GetProperty("status").GetString());
        var live = health.RootElement.GetProperty("version").GetString();
        Assert.True(live == version || live?.Split('+')[0] == version, $"{live} is live, and not {version}.");
    }

    /// <summary>Nobody gets in without a signature, or with one that is wrong.</summary>
    public async Task OnlySignedCallsAreAnsweredAsync()
    {
        foreach (var path in new[] { Listing, "/health" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await api.GetUnsignedAsync(path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await api.GetForgedAsync(path)).Status);
        }
    }

    /// <summary>A walk in small pages has the keys of one large page: no page is cut without saying so.</summary>
    /// <returns>False when the bucket has too few objects to tell.</returns>
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

        // What has been put or deleted between the calls is not ours to judge: only a walk that is short is.
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
            var answer = await api.GetAsync(Listing, [("max-keys", "5"), ("prefix", prefix)], [("Accept", type)]);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(type, answer.MediaType);
            var lines = answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - heading;
            Assert.True(lines >= json.Keys.Count, $"{type} has {lines} lines of {json.Keys.Count} entries.");
        }
    }

    /// <summary>Nothing under a prefix is an empty list; a wrong parameter is a problem that names it.</summary>
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

    /// <summary>A page that has not changed is not sent again.</summary>
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
        /// <summary>Reads a page, and holds it to what every page promises.</summary>
        public static Page Of(Answer answer)
        {
            Assert.True(answer.Status == HttpStatusCode.OK, $"GET {answer.Target} answered {(int)answer.Status}: {answer.Body}");
            using var document = JsonDocument.Parse(answer.Body);
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
