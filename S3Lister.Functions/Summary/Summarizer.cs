using Microsoft.Extensions.Options;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Listing;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Summary;

/// <summary>
/// Sums what is under a prefix, in ranges that are listed at once. One loop owns ranges and sums and takes S3's answers one
/// by one; only the waiting is parallel.
/// </summary>
internal sealed class Summarizer(S3PageReader reader, IOptions<ListerOptions> options, TimeProvider time)
{
    private readonly int _requestBudget = options.Value.RequestBudget;

    /// <summary>Keys to ask S3 for at a time: 1 to the default, which is S3's own bound. Tests ask for fewer.</summary>
    public int PageSize { get; init; } = S3PageReader.LargestS3Page;

    /// <summary>
    /// Lists until everything is listed, the call has made the requests that it may, S3 fails, or the deadline comes. The
    /// token says which ranges then remain; nothing of them is in the sums.
    /// </summary>
    /// <exception cref="UpstreamException">S3 failed before the call made progress that its token carries.</exception>
    /// <exception cref="InvalidRequestException">The token is not of this query.</exception>
    /// <exception cref="OperationCanceledException">The deadline came before that.</exception>
    public async Task<PrefixSummary> SummarizeAsync(SummaryQuery query, S3Cost cost, CancellationToken deadline)
    {
        var whole = new[] { new KeyRange(null, null) };
        var begin = query.ContinuationToken ?? SummaryToken.Encode(reader.Bucket, query, whole);
        var remaining = query.ContinuationToken is { } continuation ? SummaryToken.Decode(reader.Bucket, query, continuation) : whole;
        KeyRanges ranges = new(remaining, SealedToken.Room(query.Prefix), PageSize, query.LongestKey);
        Tally tally = new(query);
        UpstreamException? failure;
        await using (SummaryRun run = new(reader, query, ranges, tally, cost, _requestBudget, PageSize, time, deadline))
        {
            failure = await run.RunAsync();
        }

        var token = ranges.Left.Count == 0 ? null : SummaryToken.Encode(reader.Bucket, query, ranges.Left);
        if (token == begin)
        {
            // The caller would come back with the token that it has, and so for ever.
            deadline.ThrowIfCancellationRequested();
            throw failure ?? new(UpstreamCause.InvalidAnswer, "S3's responses have no keys, and a token that ours has no room for.");
        }

        return new(reader.Bucket, tally, token, cost.Scanned, cost.Requests, token is null ? null : failure);
    }
}
