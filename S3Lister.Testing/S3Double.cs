using Amazon.Lambda.APIGatewayEvents;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using S3Lister.Functions;
using S3Lister.Functions.Access;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Health;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Testing;

/// <summary>An S3 with scripted responses, below the product's own classes.</summary>
internal sealed class S3Double
{
    public const string Bucket = "example-bucket";

    public const string Owner = "123456789012";

    private readonly Queue<Func<ListObjectsV2Request, CancellationToken, Task<ListObjectsV2Response>>> _responses = [];
    private Func<ListObjectsV2Request, CancellationToken, Task<ListObjectsV2Response>>? _standing;

    private readonly FakeTimeProvider? _clock;

    /// <param name="configure">Changes the settings.</param>
    /// <param name="clock">The functions' clock, which <see cref="Hangs"/> moves past their deadline; null for the system's.</param>
    public S3Double(Func<ListerOptions, ListerOptions>? configure = null, FakeTimeProvider? clock = null)
    {
        _clock = clock;
        var time = clock ?? TimeProvider.System;
        S3.ListObjectsV2Async(Arg.Any<ListObjectsV2Request>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var request = call.Arg<ListObjectsV2Request>();
            Requests.Add(request);
            var respond = _responses.Count > 0 || _standing is null ? _responses.Dequeue() : _standing;
            return RespondAsync(respond(request, call.Arg<CancellationToken>()));
        });
        ListerOptions settings = new() { Bucket = Bucket, ExpectedBucketOwner = Owner };
        settings = configure?.Invoke(settings) ?? settings;
        Reader = new S3PageReader(S3, settings.ListedBucket, time);
        Lister = new BucketLister(Reader, settings.ScanBudget);
        Functions = new ListingFunctions(new RequestPipeline(new MetricsLog(Metrics, time), new S3Connector(time), time),
             new AccessRules(settings.Grants), Lister, new Summarizer(Reader, settings.RequestBudget, time), new HealthCheck(Reader));
    }

    public IListObjectsV2 S3 { get; } = Substitute.For<IListObjectsV2>();

    /// <summary>Where standard output would be.</summary>
    public MemoryStream Metrics { get; } = new();

    public List<ListObjectsV2Request> Requests { get; } = [];

    public S3PageReader Reader { get; }

    public BucketLister Lister { get; }

    public ListingFunctions Functions { get; }

    /// <summary>The next response: that of S3 to the request, changed by <paramref name="change"/>.</summary>
    public S3Double Responds(string[] keys, string? nextToken = null, string[]? commonPrefixes = null, Action<ListObjectsV2Response>? change = null)
    {
        _responses.Enqueue((request, _) => Task.FromResult(Respond(request, keys, nextToken, commonPrefixes, change)));
        return this;
    }

    /// <summary>Each request after the queued responses gets the page that <paramref name="page"/> makes of it, or its exception.</summary>
    public S3Double RespondsToEach(Func<ListObjectsV2Request, (string[] Keys, string? NextToken)> page)
    {
        _standing = (request, _) =>
        {
            try
            {
                var (keys, nextToken) = page(request);
                return Task.FromResult(Respond(request, keys, nextToken));
            }
            catch (Exception exception) when (exception is AmazonS3Exception or HttpRequestException)
            {
                return Task.FromException<ListObjectsV2Response>(exception);
            }
        };
        return this;
    }

    public S3Double Throws(Exception exception)
    {
        _responses.Enqueue((_, _) => Task.FromException<ListObjectsV2Response>(exception));
        return this;
    }

    /// <summary>The next response does not come before the caller gives up.</summary>
    public S3Double Hangs(Action? then = null)
    {
        _responses.Enqueue(async (_, cancellationToken) =>
        {
            then?.Invoke();
            _clock?.Advance(new FunctionContext().RemainingTime);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("Never reached.");
        });
        return this;
    }

    public async Task<Envelope> GetObjectsAsync(string query = "", FunctionContext? context = null) =>
        Envelope.Of(await Functions.ListObjects(GatewayEvent.Get("/objects", query), context ?? new FunctionContext()));

    public async Task<Envelope> GetObjectsAsync(APIGatewayHttpApiV2ProxyRequest request) =>
        Envelope.Of(await Functions.ListObjects(request, new FunctionContext()));

    public async Task<Envelope> GetSummaryAsync(string query = "", FunctionContext? context = null) =>
        Envelope.Of(await Functions.Summary(GatewayEvent.Get("/summary", query), context ?? new FunctionContext()));

    public async Task<Envelope> GetHealthAsync(string query = "", FunctionContext? context = null) =>
        Envelope.Of(await Functions.Health(GatewayEvent.Get("/health", query), context ?? new FunctionContext()));

    private static async Task<ListingResponse> RespondAsync(Task<ListObjectsV2Response> response) =>
        await ListBucketResultXml.Respond(await response);

    /// <summary>S3's own encoding under <c>encoding-type=url</c>.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static ListObjectsV2Response Respond(
        ListObjectsV2Request request, string[] keys, string? nextToken, string[]? commonPrefixes = null, Action<ListObjectsV2Response>? change = null)
    {
        var response = Echo(request);
        response.S3Objects = keys.Length == 0 ? null : [.. keys.Select(Object)];
        response.CommonPrefixes = commonPrefixes is null ? null : [.. commonPrefixes.Select(Encode)];
        response.KeyCount = keys.Length + (commonPrefixes?.Length ?? 0);
        response.IsTruncated = nextToken is not null;
        response.NextContinuationToken = nextToken;
        change?.Invoke(response);
        return response;
    }

    private static ListObjectsV2Response Echo(ListObjectsV2Request request) => new()
    {
        Name = request.BucketName,
        Prefix = Encode(request.Prefix ?? ""),
        Delimiter = request.Delimiter is null ? null : Encode(request.Delimiter),
        StartAfter = request.StartAfter is null ? null : Encode(request.StartAfter),
        MaxKeys = request.MaxKeys,
        Encoding = EncodingType.Url,
        ContinuationToken = request.ContinuationToken,
    };

    private static S3Object Object(string key) => new()
    {
        Key = Encode(key),
        Size = 3,
        LastModified = new DateTime(2026, 11, 23, 18, 19, 29, DateTimeKind.Utc),
        ETag = "\"764efa883dda1e11db47671c4a3bbd9e\"",
        StorageClass = S3StorageClass.Standard,
        ChecksumAlgorithm = ["CRC64NVME"],
    };
}
