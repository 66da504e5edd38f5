using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>Makes one page of ours from one or more pages of S3.</summary>
internal sealed class BucketLister(S3PageReader reader, int scanBudget)
{
    /// <summary>A page may be empty and not the last one: what one call may cost cannot be told by entries alone.</summary>
    private readonly int _requestBudget =
        Math.Max(scanBudget, ListObjectsQuery.LargestPage) / ListingLimits.MaxKeys;

    /// <summary>
    /// Lists until the page is full, the listing ends, the response would pass its limit, the call has read what it may, the
    /// deadline comes, or S3 fails. A page that has at least one page of S3 is returned with its token whatever ends it.
    /// </summary>
    /// <exception cref="UpstreamException">S3 failed before the first page.</exception>
    /// <exception cref="InvalidRequestException">The token is not of this listing.</exception>
    /// <exception cref="OperationCanceledException">The deadline came before the first page of S3.</exception>
    public async Task<ObjectsPage> ListAsync(
        ListObjectsQuery query, ListingBody body, S3Cost cost, CancellationToken deadline)
    {
        PageBuilder builder = new(reader.Bucket, query, body, cost);
        try
        {
            do
            {
                using var page = await reader.ReadAsync(builder.NextRequest, cost, deadline);
                builder.Add(page);
            }
            while (!builder.IsComplete && !(builder.HasBegun && IsSpent(query, cost)));
        }
        catch (UnknownTokenException)
        {
            throw InvalidRequestException.ContinuationToken();
        }
        catch (OperationCanceledException) when (builder.HasBegun)
        {
            // What is there is whole up to the token.
        }
        catch (UpstreamException failure) when (builder.HasBegun && (cost.Scanned > 0 || failure.IsTransient))
        {
            // Without an entry there is nothing to keep, and nothing that another call would do better.
            return builder.Build(failure);
        }

        return builder.Build(null);
    }

    private bool IsSpent(ListObjectsQuery query, S3Cost cost) =>
        (query.Filter.IsActive && cost.Scanned >= scanBudget) || cost.Requests >= _requestBudget;
}
