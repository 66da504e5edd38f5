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
    /// Lists until nothing is left, the call has made the requests that it may, S3 lets nothing through any more, or the
    /// deadline comes. What then is left, the token says; what is in the sums is none of it.
    /// </summary>
    /// <exception cref="UpstreamException">S3 gave no listing.</exception>
    /// <exception cref="InvalidRequestException">The token is not of this query.</exception>
    /// <exception cref="OperationCanceledException">The deadline came before S3's first answer.</exception>
    public async Task<PrefixSummary> SummarizeAsync(SummaryQuery query, S3Cost cost, CancellationToken deadline)
    {
        var left = query.ContinuationToken is { } continuation
            ? SummaryToken.Decode(reader.Bucket, query, continuation)
            : [new KeyRange(null, null)];
        KeyRanges ranges = new(left, SummaryToken.Room(query), PageSize, query.LongestKey);
        Tally tally = new(query);
        await using (SummaryRun run = new(reader, query, ranges, tally, cost, _requestBudget, PageSize, time, deadline))
        {
            await run.RunAsync();
        }

        var token = ranges.Left.Count == 0 ? null : SummaryToken.Encode(reader.Bucket, query, ranges.Left);
        return new(reader.Bucket, tally, token, cost.Scanned, cost.Requests);
    }
}
