using S3Lister.Functions.Query;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>Sums the objects under a prefix.</summary>
/// <param name="reader">Requests S3's pages.</param>
/// <param name="requestBudget">The number of LIST requests that one call sends at most.</param>
/// <param name="time">The clock.</param>
internal sealed class Summarizer(S3PageReader reader, int requestBudget, TimeProvider time)
{
    /// <summary>Keys to request in a page, 1 to 1000. Tests request fewer.</summary>
    public int PageSize { get; init; } = ListingLimits.MaxKeys;

    /// <summary>
    /// Lists until everything is listed, the budget is spent, S3 fails, or the deadline comes. The token then has the
    /// remaining ranges; none of their objects are in the sums.
    /// </summary>
    /// <exception cref="UpstreamException">S3 failed before the call made progress that its token carries.</exception>
    /// <exception cref="InvalidRequestException">The token is not one that a response to this query had.</exception>
    /// <exception cref="OperationCanceledException">The deadline came before that.</exception>
    public async Task<PrefixSummary> SummarizeAsync(SummaryQuery query, S3Cost cost, CancellationToken deadline)
    {
        var whole = new[] { new KeyRange(null, null) };
        var begin = query.ContinuationToken ?? SummaryToken.Encode(reader.Bucket, query, whole);
        var remaining = query.ContinuationToken is { } continuation ? SummaryToken.Decode(reader.Bucket, query, continuation) : whole;
        KeyRanges ranges = new(query.Prefix, remaining, PageSize, SealedToken.Room(query.Prefix));
        Tally tally = new(query);
        var failure = await ListAsync(ranges, tally, cost, deadline);

        var token = ranges.Remaining.Count == 0 ? null : SummaryToken.Encode(reader.Bucket, query, ranges.Remaining);
        if (token == begin)
        {
            // The caller would come back with the token that it has, without end.
            deadline.ThrowIfCancellationRequested();
            throw failure ?? new(UpstreamCause.InvalidAnswer, "S3's responses have no keys, and a token that ours has no room for.");
        }

        return new(reader.Bucket, tally, token, cost.Scanned, cost.Requests, token is null ? null : failure);
    }

    private async Task<UpstreamException?> ListAsync(KeyRanges ranges, Tally tally, S3Cost cost, CancellationToken deadline)
    {
        try
        {
            await using ParallelListing listing = new(reader, ranges, requestBudget, cost, time, tally.Add, deadline);
            return await listing.RunAsync();
        }
        catch (UnknownTokenException)
        {
            throw InvalidRequestException.ContinuationToken();
        }
    }
}
