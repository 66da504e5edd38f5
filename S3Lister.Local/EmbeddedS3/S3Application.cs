using Microsoft.AspNetCore.Http.Features;
using S3Lister.Functions.Configuration;
using S3Lister.Local.EmbeddedS3.Operations;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>Handles every request: routing, simulated latency and throttling, authentication, common checks, then the operation.</summary>
internal sealed class S3Application
{
    private readonly EmbeddedS3Options _options;
    private readonly DateTimeOffset _started;
    private ulong _requests;

    /// <exception cref="ArgumentException">The name of a bucket breaks S3's rules.</exception>
    public S3Application(EmbeddedS3Options options)
    {
        if (options.Buckets.Keys.FirstOrDefault(name => BucketName.FindViolation(name) is not null) is { } invalid)
        {
            throw new ArgumentException($"{invalid} is not a valid name for a bucket.", nameof(options));
        }

        _options = options;
        _started = options.TimeProvider.GetUtcNow();
        Weather = new(options.TimeProvider);
    }

    public RequestCounters Requests { get; } = new();

    public RequestWeather Weather { get; }

    public async Task HandleAsync(HttpContext context)
    {
        // Looks like S3's, and no two are the same: multiplying by an odd number permutes the 64-bit numbers.
        const ulong Odd = 0x9E3779B97F4A7C15;
        var requestId = (Interlocked.Increment(ref _requests) * Odd).ToString("X16", null);
        context.Response.Headers["x-amz-request-id"] = requestId;
        if (context.Request.Headers.Expect.Count > 0)
        {
            // No body is read, so the response comes where the client expects 100 Continue. botocore would then take the
            // next response on this connection for the final one, lose its first line and wait for a minute.
            context.Response.Headers.Connection = "close";
        }

        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (await RespondAsync(context, S3Target.Parse(rawTarget, context.Request.Host.Host)) is { } error)
        {
            await S3Response.WriteErrorAsync(context, error, requestId, rawTarget.Split('?')[0]);
        }
    }

    private async Task<S3Error?> RespondAsync(HttpContext context, S3Target? target)
    {
        var route = target is null ? default : S3Route.Of(context.Request.Method, target);
        Requests.Count(route.Operation);
        await Weather.DelayAsync(context.RequestAborted);
        if (target is null)
        {
            return S3Error.InvalidUri;
        }

        if (Weather.Throttles())
        {
            Requests.CountThrottled();
            return S3Error.SlowDown;
        }

        return _options.Authenticate(context) ?? await DispatchAsync(context, target, route);
    }

    private async Task<S3Error?> DispatchAsync(HttpContext context, S3Target target, S3Route route)
    {
        switch (route.Operation)
        {
            case S3Operation.Unknown:
                return route.NotImplemented is { } what ? S3Error.NotImplemented(what) : S3Error.MethodNotAllowed(context.Request.Method);
            case S3Operation.Write:
                return S3Error.AccessDenied;
            case S3Operation.ListBuckets:
                await BucketOperations.ListAsync(context, _options, _started);
                return null;
        }

        if (!_options.Buckets.TryGetValue(target.Bucket, out var store))
        {
            return BucketName.FindViolation(target.Bucket) is null ? S3Error.NoSuchBucket(target.Bucket) : S3Error.InvalidBucketName(target.Bucket);
        }

        S3Request request = new(context, _options, target, store);
        return Check(request, route.Operation) ?? route.Operation switch
        {
            S3Operation.GetBucketLocation => await BucketOperations.GetLocationAsync(request),
            S3Operation.ListObjectsV2 => await ListObjectsOperation.ListAsync(request),
            S3Operation.HeadObject => HeadObjectOperation.Head(request),
            _ => null, // HeadBucket: its response is the headers that are set already.
        };
    }

    private static S3Error? Check(S3Request request, S3Operation operation)
    {
        var (bucket, region) = (request.Target.Bucket, request.Options.Region);
        var isElsewhere = operation != S3Operation.GetBucketLocation && request.SignedRegion is { } signed && signed != region;
        if (isElsewhere || operation is S3Operation.ListObjectsV2 or S3Operation.HeadBucket)
        {
            request.Context.Response.Headers["x-amz-bucket-region"] = region;
        }

        return isElsewhere ? S3Error.PermanentRedirect(bucket, region)
            : request.Header("x-amz-expected-bucket-owner") is { } owner && owner != request.Options.AccountId ? S3Error.AccessDenied
            : request.Target.Key.Length > S3Limits.MaxKeyBytes ? S3Error.KeyTooLong(request.Target.Key.Length)
            : null;
    }
}
