using System.Text;
using Microsoft.Extensions.Options;
using S3Lister.Functions.Configuration;

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
        var keyCount = 0;
        var largestAsk = S3PageReader.LargestS3Page;
        var begun = false;
        byte[] last = [];
        HashSet<string?> tokens = [token];

        while (true)
        {
            // With filters there is no telling how many of S3's entries make one of ours.
            var ask = query.Filter.IsActive ? largestAsk : Math.Min(query.MaxKeys - keyCount, largestAsk);
            S3Page answer;
            try
            {
                answer = await reader.ReadAsync(query, ask, token, last, cost, deadline);
            }
            catch (OperationCanceledException) when (begun)
            {
                return Page(); // What is there is whole up to the token.
            }

            cost.Scanned += answer.Count;
            var page = Filter(query, FoldNeighbours(answer, fold));
            if (keyCount + page.Count > query.MaxKeys)
            {
                largestAsk = Place(answer, page, query.MaxKeys - keyCount);
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
            token = answer.NextToken;
            last = answer.Last ?? last;
            if (answer.CommonPrefixes is [.., var commonPrefix])
            {
                fold = ContinuationToken.Fold(commonPrefix);
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

    private static S3Page Filter(ListObjectsQuery query, S3Page page)
    {
        if (!query.Filter.IsActive)
        {
            return page;
        }

        var prefixLength = Encoding.UTF8.GetByteCount(query.Prefix);
        return page with { Contents = [.. page.Contents.Where(entry => query.Filter.Accepts(entry, prefixLength))] };
    }

    /// <summary>
    /// How many entries to ask S3 for, so that its page ends with the last one that there is room for.
    /// </summary>
    private static int Place(S3Page answer, S3Page filtered, int room)
    {
        var wanted = filtered.InOrder().ElementAt(room - 1);
        var place = 0;
        foreach (var (entry, commonPrefix) in answer.InOrder())
        {
            place++;
            if (wanted.Object >= 0
                ? entry >= 0 && answer.Contents[entry].Key == filtered.Contents[wanted.Object].Key
                : commonPrefix >= 0 && answer.CommonPrefixes[commonPrefix] == filtered.CommonPrefixes[wanted.CommonPrefix])
            {
                break;
            }
        }

        return place;
    }

    /// <summary>Some S3-compatible stores give the common prefix at a page's end again at the top of the next.</summary>
    private static S3Page FoldNeighbours(S3Page page, ulong fold) =>
        fold != 0 && page.CommonPrefixes is [var first, ..] && ContinuationToken.Fold(first) == fold
            ? page with { CommonPrefixes = [.. page.CommonPrefixes.Skip(1)] }
            : page;
}
