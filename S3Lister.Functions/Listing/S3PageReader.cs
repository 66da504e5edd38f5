using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;
using S3Lister.Functions.Configuration;

namespace S3Lister.Functions.Listing;

/// <summary>Asks S3 for one page and trusts nothing of the answer that it can check.</summary>
internal sealed class S3PageReader(IAmazonS3 s3, IOptions<ListerOptions> options, TimeProvider time)
{
    /// <summary>What S3 answers at most, whatever it is asked for.</summary>
    public const int LargestS3Page = 1000;

    private readonly ListerOptions _options = options.Value;

    public string Bucket => _options.Bucket;

    /// <summary>
    /// The region that requests are signed for, and the bucket's own once it has answered: in another one S3 gives no
    /// listing but a redirect.
    /// </summary>
    public string? Region => s3.Config.AuthenticationRegion ?? s3.Config.RegionEndpoint?.SystemName;

    /// <param name="maxKeys">1 to <see cref="LargestS3Page"/>.</param>
    /// <param name="s3Token">S3's own token; null for the first page.</param>
    /// <param name="after">The last entry of the page before; empty for none.</param>
    /// <param name="cost">Where the request is counted, also when it fails.</param>
    /// <exception cref="UpstreamException">S3 gave no listing, or not the one asked for.</exception>
    /// <exception cref="InvalidRequestException">S3 does not know the caller's token.</exception>
    /// <exception cref="OperationCanceledException">The deadline came first.</exception>
    public async Task<S3Page> ReadAsync(
        ListObjectsQuery query, int maxKeys, string? s3Token, byte[] after, S3Cost cost, CancellationToken deadline)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = _options.Bucket,
            ExpectedBucketOwner = _options.ExpectedBucketOwner,
            Encoding = EncodingType.Url,
            // Sent even when it is empty: policies that compare s3:prefix with "" fail when it is absent.
            Prefix = query.Prefix,
            Delimiter = query.Delimiter,
            StartAfter = s3Token is null ? query.StartAfter : null,
            ContinuationToken = s3Token,
            MaxKeys = maxKeys,
            RequestPayer = _options.RequestPayer ? RequestPayer.Requester : null,
        };

        var started = time.GetTimestamp();
        try
        {
            return S3Answer.Check(request, await s3.ListObjectsV2Async(request, deadline), after);
        }
        catch (AmazonS3Exception e) when (s3Token is not null && cost.Requests == 0 && e.ErrorCode == "InvalidArgument")
        {
            // The only argument of this request that is not known to be good: a token of a bucket made anew, say. The
            // first request has the caller's; those of later ones S3 has just given.
            throw InvalidRequestException.ContinuationToken();
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
}
