using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Listing.S3;

/// <summary>Asks S3 for one page and trusts nothing of the answer that it can check.</summary>
internal sealed class S3PageReader(IListObjectsV2 s3, ListedBucket bucket, TimeProvider time)
{
    public string Bucket => bucket.Name;

    /// <summary>
    /// The region that requests are signed for, and the bucket's own once it has answered: in another one S3 gives no
    /// listing but a redirect.
    /// </summary>
    public string? Region => s3.Region;

    /// <param name="page">Which one.</param>
    /// <param name="cost">Where the request is counted, also when it fails.</param>
    /// <param name="deadline">When to give up.</param>
    /// <returns>The page, to be disposed of when its entries are used.</returns>
    /// <exception cref="UpstreamException">S3 gave no listing, or not the one asked for.</exception>
    /// <exception cref="UnknownTokenException">S3 does not know the token that the caller sent.</exception>
    /// <exception cref="OperationCanceledException">The deadline came first.</exception>
    public async Task<S3Page> ReadAsync(S3PageRequest page, S3Cost cost, CancellationToken deadline)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket.Name,
            ExpectedBucketOwner = bucket.ExpectedOwner,
            Encoding = EncodingType.Url,
            // Sent even when it is empty: policies that compare s3:prefix with "" fail when it is absent.
            Prefix = page.Prefix,
            Delimiter = page.Delimiter,
            StartAfter = page.Token is null && !SortsBefore(page.StartAfter, page.Prefix) ? page.StartAfter : null,
            ContinuationToken = page.Token,
            MaxKeys = page.MaxKeys,
            RequestPayer = bucket.IsRequesterPays ? RequestPayer.Requester : null,
        };

        var started = time.GetTimestamp();
        try
        {
            var answer = await s3.ListObjectsV2Async(request, deadline);
            return ListingValidator.Check(request, answer.Body, page.After.Span);
        }
        catch (AmazonS3Exception e) when (page.IsTokenFromCaller && e.ErrorCode == "InvalidArgument")
        {
            // The only argument of this request that may be wrong: the token is of a bucket that has been made anew, say.
            throw new UnknownTokenException(e);
        }
        catch (Exception e) when (!deadline.IsCancellationRequested && S3Failure.From(e) is { } failure)
        {
            throw failure;
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is not OperationCanceledException and not UpstreamException)
        {
            // The SDK and the HTTP client wrap what a cancelled request ends with in various ways.
            throw new OperationCanceledException("The deadline came before S3's answer.", e, deadline);
        }
        finally
        {
            cost.Add(time.GetElapsedTime(started));
        }
    }

    /// <summary>
    /// Whether every key with the prefix comes after the place to start after, which then says nothing. Some S3-compatible
    /// stores respond with an empty listing to such a one.
    /// </summary>
    private static bool SortsBefore(string? startAfter, string prefix) =>
        startAfter is not null && Encoding.UTF8.GetBytes(startAfter).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(prefix)) < 0;
}
