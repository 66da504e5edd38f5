using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Listing.S3;

/// <summary>Requests a page from S3, and checks the response as far as it can be checked.</summary>
internal sealed class S3PageReader(IListObjectsV2 s3, ListedBucket bucket, TimeProvider time)
{
    public string Bucket => bucket.Name;

    /// <summary>
    /// The region that requests are signed for. Once S3 has returned a page, it is known to be the bucket's region: otherwise
    /// S3 returns a redirect.
    /// </summary>
    public string? Region => s3.Region;

    /// <param name="cost">Counts the request, even if it fails.</param>
    /// <returns>The page. The caller disposes of it.</returns>
    /// <exception cref="UpstreamException">S3 did not return the listing that was requested.</exception>
    /// <exception cref="UnknownTokenException">S3 does not know the token that the caller sent.</exception>
    /// <exception cref="OperationCanceledException">The deadline was reached.</exception>
    public async Task<S3Page> ReadAsync(S3PageRequest page, S3Cost cost, CancellationToken deadline)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket.Name,
            ExpectedBucketOwner = bucket.ExpectedOwner,
            Encoding = EncodingType.Url,
            // Sent even if empty: a policy that compares s3:prefix with "" denies a request without it.
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
            var response = await s3.ListObjectsV2Async(request, deadline);
            return ListingValidator.Check(request, response.Body, page.After.Span);
        }
        catch (AmazonS3Exception e) when (page.IsTokenFromCaller && e.ErrorCode == "InvalidArgument")
        {
            // Only the token can be invalid, for example because the bucket was deleted and created again.
            throw new UnknownTokenException(e);
        }
        catch (Exception e) when (!deadline.IsCancellationRequested && S3Failure.From(e) is { } failure)
        {
            throw failure;
        }
        catch (Exception e) when (deadline.IsCancellationRequested && e is not OperationCanceledException and not UpstreamException)
        {
            // The SDK and the HTTP client wrap the cancellation in various exceptions.
            throw new OperationCanceledException("The deadline was reached before S3's response.", e, deadline);
        }
        finally
        {
            cost.Add(time.GetElapsedTime(started));
        }
    }

    /// <summary>
    /// Whether all keys with the prefix are after <paramref name="startAfter"/> anyway. Some S3-compatible stores return an
    /// empty listing for such a value.
    /// </summary>
    private static bool SortsBefore(string? startAfter, string prefix) =>
        startAfter is not null && Encoding.UTF8.GetBytes(startAfter).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(prefix)) < 0;
}
