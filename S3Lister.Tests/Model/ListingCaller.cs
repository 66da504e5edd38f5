using System.Text.Json;
using S3Lister.Functions.Pipeline;

namespace S3Lister.Tests.Model;

/// <summary>Reads a listing to its end as a caller does, retries failures, and checks every response against the contract.</summary>
internal sealed class ListingCaller(ListingCase listing, ModelApi api)
{
    /// <summary>The caller gives up after this number of failures.</summary>
    private const int MostFailures = 25;

    private readonly List<NaiveListing.Entry> _entries = [];
    private int _calls;
    private int _failures;

    /// <summary>The pages together are the listing of the model, or its beginning if the store never recovers.</summary>
    public static void Check(ListingCase listing)
    {
        using ModelApi api = new(listing.Objects, listing.Store, listing.Limits);
        ListingCaller caller = new(listing, api);
        if (listing.IsRefused)
        {
            var refusal = api.GetObjects(listing.Query);
            Assert.Equal((400, "InvalidParameter", 0), (refusal.Response.Status, refusal.Code, refusal.Requests));
            return;
        }

        var isComplete = caller.Read();
        var expected = listing.Expected(api.Store);
        Assert.Equal(isComplete ? expected : expected.Take(caller._entries.Count), caller._entries);
    }

    private bool Read()
    {
        var startAfter = listing.StartAfter.Length == 0 ? "" : $"&start-after={Uri.EscapeDataString(listing.StartAfter)}";
        for (var next = listing.Query + startAfter; next is not null;)
        {
            Assert.True(_calls++ < MostCalls, "The listing does not end.");
            var call = api.GetObjects(next, listing.Follow == Follow.LinkOfNdjson ? "application/x-ndjson" : "application/json");
            if (call.Response.Status == 200)
            {
                next = listing.Follow == Follow.LinkOfNdjson ? ReadNdjson(call) : ReadJson(call);
            }
            else
            {
                CheckFailure(call);
                if (++_failures == MostFailures)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The largest number of calls, if each response of the store were a page.</summary>
    private int MostCalls => MostFailures + ((listing.Objects.Count + 1) * (listing.Store.EmptyPages.Max() + 2));

    private bool IsFiltered => listing.Filter.Query.Length > 0;

    private string? ReadJson(Call call)
    {
        var json = call.Response.Json;
        List<NaiveListing.Entry> page =
        [
            .. Names(json.GetProperty("contents"), entry => entry.GetProperty("key"), false),
            .. Names(json.GetProperty("commonPrefixes"), entry => entry, true),
        ];
        Assert.Equal(page.Count, json.GetProperty("keyCount").GetInt32());
        Assert.Equal(listing.MaxKeys, json.GetProperty("maxKeys").GetInt32());
        CheckCost(call, json.GetProperty("scanned").GetInt32(), json.GetProperty("s3Requests").GetInt32());
        Add(page.OrderBy(entry => entry.Name, NaiveListing.Utf8Order));
        CheckEnd(call, json.GetProperty("isTruncated").GetBoolean());

        var token = json.GetProperty("nextContinuationToken").GetString();
        Assert.Equal(token is not null, json.GetProperty("isTruncated").GetBoolean());
        var link = call.Link;
        Assert.Equal(token is not null, link is not null);
        return listing.Follow == Follow.Link || token is null ? link : $"{listing.Query}&continuation-token={token}";
    }

    private string? ReadNdjson(Call call)
    {
        List<NaiveListing.Entry> page =
        [
            .. call.Response.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).Select(line =>
                line.TryGetProperty("commonPrefix", out var name)
                    ? new NaiveListing.Entry(name.GetString()!, true)
                    : new NaiveListing.Entry(line.GetProperty("key").GetString()!, false)),
        ];
        Assert.Equal(page.Count, Header(call, "s3lister-key-count"));
        CheckCost(call, Header(call, "s3lister-scanned"), Header(call, "s3lister-s3-requests"));
        Add(page);

        var link = call.Link;
        Assert.Equal(link is null ? "false" : "true", call.Response.Headers["s3lister-is-truncated"]);
        CheckEnd(call, link is not null);
        return link;
    }

    private void Add(IEnumerable<NaiveListing.Entry> page)
    {
        var before = _entries.Count;
        _entries.AddRange(page);
        Assert.InRange(_entries.Count - before, 0, listing.MaxKeys);
        Assert.All(_entries.Zip(_entries.Skip(1)), pair => Assert.True(
            NaiveListing.Utf8Order.Compare(pair.First.Name, pair.Second.Name) < 0, "The order is not that of UTF-8 bytes, or an entry comes twice."));
    }

    private void CheckCost(Call call, int scanned, int requests)
    {
        Assert.Equal((call.Entries, call.Requests), (scanned, requests));
        Assert.True(listing.IsEmptyRange ? requests == 0 : call.Pages > 0, "A page is made of at least one page of the store.");
    }

    /// <summary>
    /// A page of the store that passes the end of the listing is the last one, and the listing ends with it. With a filter, it
    /// may have too many matches; then it is requested again with fewer entries, if the call has time for that.
    /// </summary>
    private void CheckEnd(Call call, bool isTruncated)
    {
        var pastEnd = call.LastEntries.Select(listing.IsPastEnd).ToList();
        Assert.True(IsFiltered || !pastEnd.SkipLast(1).Contains(true), "The listing continues after its end.");
        Assert.True(IsFiltered || !(isTruncated && pastEnd.LastOrDefault()), "The page has a token, although the listing has ended.");
    }

    /// <summary>
    /// A page that has at least one page of the store is returned, whatever ends it, so an error means that there was none.
    /// Empty pages do not hide a permanent failure. With a filter, a page with too many matches is requested again with fewer
    /// entries; if that fails, there is nothing to return.
    /// </summary>
    private void CheckFailure(Call call)
    {
        var isLate = call.Elapsed >= listing.Limits.RemainingTime - Deadline.TimeToRespond;
        var expected = call.Failures switch
        {
            // A failure can coincide with the deadline.
            _ when isLate && call.Response.Status == 504 => (504, "DeadlineExceeded"),
            [.., Failure.Throttled] => (503, "SlowDown"),
            [.., Failure.ServerError or Failure.Reset] => (503, "UpstreamUnavailable"),
            [.., Failure.Denied] => (502, "UpstreamFailure"),
            _ => (200, ""),
        };
        Assert.Equal(expected, (call.Response.Status, call.Code));
        Assert.True((expected.Item1 == 502 ? call.Entries : call.Pages) == 0 || IsFiltered, "The store listed a page, and the call does not return it.");
        Assert.Equal(expected.Item1 == 503, call.Response.Headers.ContainsKey("retry-after"));
    }

    private static IEnumerable<NaiveListing.Entry> Names(JsonElement list, Func<JsonElement, JsonElement> name, bool isCommonPrefix) =>
        list.EnumerateArray().Select(entry => new NaiveListing.Entry(name(entry).GetString()!, isCommonPrefix));

    private static int Header(Call call, string name) => int.Parse(call.Response.Headers[name], System.Globalization.CultureInfo.InvariantCulture);
}
