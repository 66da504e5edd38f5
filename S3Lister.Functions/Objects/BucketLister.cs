using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>Builds one page of the API from one or more pages of S3.</summary>
internal sealed class BucketLister(S3PageReader reader, int scanBudget)
{
    /// <summary>Limits the LIST requests of one call. A limit of entries is not enough: S3 may return empty pages.</summary>
    private readonly int _requestBudget =
        Math.Max(scanBudget, ListObjectsQuery.MaxPageSize) / ListingLimits.MaxKeys;

    /// <summary>
    /// Lists until the page is full, the listing ends, the response would exceed its limit, the call has used its budget, the
    /// deadline expires, or S3 fails. A page that has at least one page of S3 is always returned with its token. If the query's
    /// bounds exclude every key, S3 receives no request.
    /// </summary>
    /// <exception cref="UpstreamException">S3 failed before the first page.</exception>
    /// <exception cref="InvalidRequestException">The continuation token does not belong to this listing.</exception>
    /// <exception cref="OperationCanceledException">The deadline expired before the first page of S3.</exception>
    public async Task<ObjectsPage> ListAsync(
        ListObjectsQuery query, ListingBody body, S3Cost cost, CancellationToken deadline)
    {
        PageBuilder builder = new(reader.Bucket, query, body, cost);
        if (query.ExcludesEveryKey)
        {
            return builder.Build(null);
        }

        try
        {
            do
            {
                using var page = await reader.ReadAsync(builder.NextRequest, cost, deadline);
                builder.Add(page);
            }
            while (!builder.IsComplete && !(builder.HasBegun && IsBudgetSpent(query, cost)));
        }
        catch (UnknownTokenException)
        {
            throw InvalidRequestException.ContinuationToken();
        }
        catch (OperationCanceledException) when (builder.HasBegun)
        {
            // The page is complete up to its token.
        }
        catch (UpstreamException failure) when (builder.HasBegun && (cost.Scanned > 0 || failure.IsTransient))
        {
            // Without entries, a permanent failure is reported instead: there is nothing to keep, and a retry would not help.
            return builder.Build(failure);
        }

        return builder.Build(null);
    }

    private bool IsBudgetSpent(ListObjectsQuery query, S3Cost cost) =>
        (query.Filter.IsActive && cost.Scanned >= scanBudget) || cost.Requests >= _requestBudget;
}
