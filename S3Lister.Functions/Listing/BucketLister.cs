using System.Text;
using Microsoft.Extensions.Options;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Listing;

/// <summary>Makes one page of ours from one or more pages of S3.</summary>
internal sealed class BucketLister(S3PageReader reader, IOptions<ListerOptions> options)
{
    private readonly int _scanBudget = options.Value.ScanBudget;

    /// <summary>A page may be empty and not the last one: what one call may cost cannot be told by entries alone.</summary>
    private readonly int _requestBudget =
        Math.Max(options.Value.ScanBudget, ListObjectsQuery.LargestPage) / S3PageReader.LargestS3Page;

    /// <summary>
    /// Lists until the page is full, the listing ends, the answer would pass its limit, the call has read what it may, or
    /// the deadline comes. Each edge of a page is an edge of S3's: a cursor of our own inside one could not be right
    /// where a delimiter is in play.
    /// </summary>
    /// <exception cref="UpstreamException">S3 gave no listing.</exception>
    /// <exception cref="InvalidRequestException">The token is not of this listing.</exception>
    /// <exception cref="OperationCanceledException">The deadline came before the first page of S3.</exception>
    public async Task<ListingPage> ListAsync(
        ListObjectsQuery query, IListingBody body, S3Cost cost, CancellationToken deadline)
    {
        var (token, fold) = query.ContinuationToken is { } continuation
            ? ContinuationToken.Decode(reader.Bucket, query, continuation)
            : (null, 0UL);
        var prefixLength = Encoding.UTF8.GetByteCount(query.Prefix);
        var keyCount = 0;
        var largestAsk = S3PageReader.LargestS3Page;
        var begun = false;
        byte[] last = [];
        HashSet<string?> tokens = [token];

        while (true)
        {
            // With filters there is no telling how many of S3's entries make one of ours.
            var room = query.MaxKeys - keyCount;
            var ask = query.Filter.IsActive ? largestAsk : Math.Min(room, largestAsk);
            S3Page page;
            try
            {
#pragma warning disable CA2000 // It is disposed of right behind.
                page = await reader.ReadAsync(
                    new(query.Prefix, query.Delimiter, query.StartAfter, token, last, ask), cost, deadline);
#pragma warning restore CA2000
            }
            catch (OperationCanceledException) when (begun)
            {
                return Page(); // What is there is whole up to the token.
            }

            using (page)
            {
                cost.Scanned += page.Count;
                var end = page.Last.Length > 0 ? page.Last.ToArray() : last;
                var repeated = fold != 0 && page.CommonPrefixes > 0 && ContinuationToken.Fold(page.CommonPrefix(0)) == fold;
                if (repeated)
                {
                    page.DropFirstCommonPrefix();
                }

                var filled = query.Filter.IsActive ? page.Filter(query.Filter, prefixLength, room) : ask;
                if (page.Count > room)
                {
                    largestAsk = repeated ? filled + 1 : filled;
                    continue;
                }

                if (!body.TryAppend(page))
                {
                    if (begun)
                    {
                        return Page();
                    }

                    // Entries of this length: half as many may fit.
                    largestAsk = ask > 1 ? ask / 2 : throw new UpstreamException(
                        UpstreamCause.InvalidAnswer, "S3's answer has an entry too long for any answer of ours.");
                    continue;
                }

                begun = true;
                keyCount += page.Count;
                (token, last) = (page.NextToken, end);
                if (page.CommonPrefixes > 0)
                {
                    fold = ContinuationToken.Fold(page.CommonPrefix(page.CommonPrefixes - 1));
                }
            }

            // Never by counts: a page with nothing on it and a token is legal.
            if (token is null || keyCount == query.MaxKeys || IsSpent())
            {
                return Page();
            }

            if (!tokens.Add(token))
            {
                throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's tokens lead in a circle.");
            }
        }

        bool IsSpent() => (query.Filter.IsActive && cost.Scanned >= _scanBudget) || cost.Requests >= _requestBudget;

        ListingPage Page() => new(reader.Bucket, keyCount,
            token is null ? null : ContinuationToken.Encode(reader.Bucket, query, token, fold),
            cost.Scanned, cost.Requests);
    }
}
