using S3Lister.Functions.Query;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>Sums the objects under a prefix.</summary>
/// <param name="reader">Reads pages from S3.</param>
/// <param name="requestBudget">The maximum number of LIST requests of one call.</param>
/// <param name="time">The clock.</param>
internal sealed class Summarizer(S3PageReader reader, int requestBudget, TimeProvider time)
{
    /// <summary>The number of keys to request in a page, 1 to 1000. Tests request fewer.</summary>
    public int PageSize { get; init; } = ListingLimits.MaxKeys;

    /// <summary>
    /// Lists until everything is listed, the budget is used, S3 fails, or the deadline expires. The token then has the
    /// remaining ranges, none of whose objects are in the sums.
    /// </summary>
    /// <exception cref="UpstreamException">S3 failed before the call made progress.</exception>
    /// <exception cref="InvalidRequestException">The continuation token does not belong to this query.</exception>
    /// <exception cref="OperationCanceledException">The deadline expired before the call made progress.</exception>
    public async Task<PrefixSummary> SummarizeAsync(SummaryQuery query, S3Cost cost, CancellationToken deadline)
    {
        var whole = new[] { new KeyRange(null, null) };
        var begin = query.ContinuationToken ?? SummaryToken.Encode(reader.Bucket, query, whole);
        var remaining = query.ContinuationToken is { } continuation ? SummaryToken.Decode(reader.Bucket, query, continuation) : whole;
        KeyRanges ranges = new(query.Prefix, remaining, PageSize, SealedToken.MaxContentLength(query.Prefix));
        Tally tally = new(query);
        var budget = Math.Min(requestBudget, query.MaxRequests ?? requestBudget);
        var failure = await ListAsync(ranges, tally, budget, cost, deadline);

        var token = ranges.Remaining.Count == 0 ? null : SummaryToken.Encode(reader.Bucket, query, ranges.Remaining);
        if (token == begin)
        {
            // Without progress, the caller would repeat the same token indefinitely.
            deadline.ThrowIfCancellationRequested();
            throw failure ?? new(UpstreamCause.InvalidAnswer, "S3's responses have no keys, and a token that is too long for a continuation token of this service.");
        }

        return new(reader.Bucket, tally, token, cost.Scanned, cost.Requests, token is null ? null : failure);
    }

    private async Task<UpstreamException?> ListAsync(
        KeyRanges ranges, Tally tally, int budget, S3Cost cost, CancellationToken deadline)
    {
        try
        {
            await using ParallelListing listing = new(reader, ranges, budget, cost, time, (_, page, objects) => tally.Add(page, objects, ranges.Remaining), deadline);
            return await listing.RunAsync();
        }
        catch (UnknownTokenException)
        {
            throw InvalidRequestException.ContinuationToken();
        }
    }
}
