using S3Lister.Functions.Pipeline;
using S3Lister.Tests.Functions.Summary;

namespace S3Lister.Tests.Model;

/// <summary>Reads a summary to its end as a caller does, retries failures, and checks every part against the contract.</summary>
internal sealed class SummaryCaller(SummaryCase summary, ModelApi api)
{
    /// <summary>The caller gives up after this number of failures.</summary>
    private const int MostFailures = 25;

    private readonly List<SummaryResponse> _parts = [];
    private readonly HashSet<string> _tokens = [];
    private IReadOnlyList<string> _splits = [];
    private long _scanned;
    private int _failures;

    /// <summary>The parts add up to the sums of the model, or to less if the store never recovers.</summary>
    public static void Check(SummaryCase summary)
    {
        using ModelApi api = new(summary.Objects, summary.Store, summary.Limits);
        SummaryCaller caller = new(summary, api);
        var isComplete = caller.Read();
        if (isComplete)
        {
            var sum = SummaryResponse.Sum(caller._parts, summary.Top);
            summary.Expected.AssertEqual(sum, summary.Top);
            Assert.Equal(summary.Breakdown.Tree, sum.Breakdown!.Tree);
            Assert.Equal(summary.Breakdown.Cube, sum.Breakdown.Cube);
            Assert.Equal(summary.Breakdown.Endings, sum.Breakdown.Endings);
            Assert.Equal(summary.Listed, caller._scanned);
            caller.CheckRanges();
        }
        else
        {
            Assert.InRange(caller._scanned, 0, summary.Listed);
            Assert.InRange(caller._parts.Sum(part => part.Total.Objects), 0, summary.Expected.Objects.Count);
        }
    }

    private bool Read()
    {
        for (var next = summary.PartQuery(0); next is not null;)
        {
            var call = api.GetSummary(next);
            if (call.Response.Status == 200)
            {
                next = ReadPart(call, summary.RequestLimit(next));
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

    private string? ReadPart(Call call, int limit)
    {
        var json = call.Response.Json;
        _parts.Add(SummaryResponse.Read(json));
        var scanned = json.GetProperty("scanned").GetInt64();
        _scanned += scanned;
        Assert.Equal((call.Requests, long.Max(1, (scanned + 999) / 1000)),
            (json.GetProperty("s3Requests").GetInt32(), json.GetProperty("s3RequestsMinimum").GetInt64()));
        Assert.InRange(call.Requests, 1, limit);

        _splits = [.. json.GetProperty("splits").EnumerateArray().Select(split => split.GetString()!)];
        Assert.InRange(_splits.Count, 0, Math.Max(0, Math.Min(summary.Splits, scanned) - 1));
        Assert.DoesNotContain(_splits, split => summary.Objects.Any(stored => stored.Key == split));

        var token = json.GetProperty("nextContinuationToken").GetString();
        Assert.Equal(token is null, json.GetProperty("complete").GetBoolean());
        Assert.Equal(token is not null, call.Link is not null);
        Assert.True(token is null || _tokens.Add(token), "The token is the one that the caller sent: the part makes no progress.");
        return token is null || _parts.Count % 2 == 0 ? call.Link : $"{summary.PartQuery(_parts.Count)}&continuation-token={token}";
    }

    /// <summary>
    /// Readers of the ranges between the splits, each of which ends before the text that the next one starts after, together list
    /// every key once. The splits are those of the last part.
    /// </summary>
    private void CheckRanges()
    {
        if (summary.Store.Failures.Any(failure => failure != Failure.None) || summary.Limits.RemainingTime < Limits.Usual.RemainingTime)
        {
            return; // The readers would have to retry.
        }

        List<string> keys = [];
        foreach (var (start, end) in _splits.Prepend("").Zip(_splits.Append("")))
        {
            var query = $"prefix={Uri.EscapeDataString(summary.Prefix)}&end-before={Uri.EscapeDataString(end)}";
            for (var next = $"{query}&start-after={Uri.EscapeDataString(start)}"; next is not null;)
            {
                var call = api.GetObjects(next);
                Assert.True(call.Response.Status == 200, call.Response.Body);
                keys.AddRange(call.Response.Json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!));
                next = call.Link;
            }
        }

        Assert.Equal(
            summary.Objects.Select(stored => stored.Key).Where(key => key.StartsWith(summary.Prefix, StringComparison.Ordinal)).Order(NaiveListing.Utf8Order),
            keys);
    }

    /// <summary>A call fails only if it has nothing to return.</summary>
    private void CheckFailure(Call call)
    {
        var response = call.Response;
        switch (response.Status, call.Code)
        {
            case (504, "DeadlineExceeded"):
                Assert.True(call.Elapsed >= summary.Limits.RemainingTime - Deadline.TimeToRespond, "The deadline has not come.");
                break;
            case (503, "SlowDown"):
                Assert.Contains(Failure.Throttled, call.Failures);
                break;
            case (503, "UpstreamUnavailable"):
                Assert.True(call.Failures.Any(failure => failure is not Failure.Throttled) || call.Pages > 0, "The store did not fail.");
                break;
            default:
                Assert.Fail($"{response.Status}: {response.Body}");
                break;
        }

        Assert.Equal(response.Status == 503, response.Headers.ContainsKey("retry-after"));
        Assert.True(call.Entries == 0 || response.Status == 504, "The store listed objects, and the call does not count them.");
    }
}
