using System.Globalization;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Tests.Model;

/// <summary>
/// A simple ListObjectsV2, written from S3's documentation: every request lists everything and returns a part of
/// it. It counts what it does, so that a test can compare what the API reports.
/// </summary>
internal sealed class ModelStore(IReadOnlyList<ModelObject> objects, StoreBehavior behavior, TimeProvider clock)
{
    public const string Bucket = "model-bucket";

    private readonly Dictionary<string, Place> _tokens = [];

    /// <summary>Every failed request, in order.</summary>
    public List<Failure> Failures { get; } = [];

    public int Requests { get; private set; }

    /// <summary>Responses that are listings.</summary>
    public int Pages { get; private set; }

    /// <summary>Objects and common prefixes in all responses.</summary>
    public int Entries { get; private set; }

    /// <summary>The last entry of each page; empty for a page without entries.</summary>
    public List<string> LastEntries { get; } = [];

    public async Task<ListObjectsV2Response> ListAsync(ListObjectsV2Request request, CancellationToken cancellationToken)
    {
        var number = Requests++;
        await Task.Delay(TimeSpan.FromMilliseconds(At(behavior.Latencies, number)), clock, cancellationToken);
        Fail(At(behavior.Failures, number));

        Place place = request.ContinuationToken is { } token ? Find(token, request) : new(request.Prefix, request.Delimiter ?? "", 0, 0, false);
        var entries = NaiveListing.Entries(objects.Select(stored => stored.Key), place.Prefix, place.Delimiter, "").ToList();
        if (request.ContinuationToken is null && request.StartAfter is { } startAfter)
        {
            place = place with { Index = entries.TakeWhile(entry => !IsAfter(entry, startAfter)).Count() };
        }

        Pages++;
        return Respond(request, entries, place);
    }

    /// <summary>Whether S3 lists an entry for a request with start-after.</summary>
    public bool IsAfter(NaiveListing.Entry entry, string startAfter) =>
        NaiveListing.Utf8Order.Compare(entry.Name, startAfter) > 0
        || (behavior.NamesPrefixOfStartAfter && entry.IsCommonPrefix && objects.Any(stored =>
            stored.Key.StartsWith(entry.Name, StringComparison.Ordinal) && NaiveListing.Utf8Order.Compare(stored.Key, startAfter) > 0));

    private ListObjectsV2Response Respond(ListObjectsV2Request request, List<NaiveListing.Entry> entries, Place place)
    {
        if (place.EmptyPages < At(behavior.EmptyPages, place.Index))
        {
            return Document(request, [], place with { EmptyPages = place.EmptyPages + 1 });
        }

        var limit = Math.Min(request.MaxKeys!.Value, At(behavior.PageSizes, place.Index));
        var repeats = behavior.RepeatsCommonPrefix && place.FollowsPage && limit > 1 && entries[place.Index - 1].IsCommonPrefix;
        var end = place.Index;
        do
        {
            end++;
        }
        while (end < entries.Count && end - place.Index < limit - (repeats ? 1 : 0) && At(behavior.EmptyPages, end) == 0);

        end = Math.Min(end, entries.Count);
        var page = entries[(repeats ? place.Index - 1 : place.Index)..end];
        var isLast = end == entries.Count && (place.Index == end || At(behavior.EmptyPages, end) == 0);
        return Document(request, page, isLast ? null : place with { Index = end, EmptyPages = 0, FollowsPage = true });
    }

    private ListObjectsV2Response Document(ListObjectsV2Request request, List<NaiveListing.Entry> page, Place? next)
    {
        Entries += page.Count;
        LastEntries.Add(page.Count == 0 ? "" : page[^1].Name);
        ListObjectsV2Response response = new()
        {
            S3Objects = [.. page.Where(entry => !entry.IsCommonPrefix).Select(entry => objects.Single(stored => stored.Key == entry.Name).ToS3())],
            CommonPrefixes = [.. page.Where(entry => entry.IsCommonPrefix).Select(entry => S3Double.Encode(entry.Name))],
            Name = request.BucketName,
            Encoding = EncodingType.Url,
            IsTruncated = next is not null,
            NextContinuationToken = next is null ? null : Token(next),
        };
        if (behavior.Echoes)
        {
            response.Prefix = S3Double.Encode(request.Prefix);
            response.Delimiter = request.Delimiter is null ? null : S3Double.Encode(request.Delimiter);
            response.StartAfter = request.StartAfter is null ? null : S3Double.Encode(request.StartAfter);
            response.MaxKeys = request.MaxKeys;
            response.KeyCount = page.Count;
        }

        return response;
    }

    /// <summary>An opaque token, and a new one each time, like S3's.</summary>
    private string Token(Place place)
    {
        var number = _tokens.Count.ToString(CultureInfo.InvariantCulture);
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{number}~?{(behavior.Tokens == TokenLength.Long ? new string('~', 700) : "")}"));
        _tokens.Add(token, place);
        return token;
    }

    private Place Find(string token, ListObjectsV2Request request)
    {
        if (!_tokens.TryGetValue(token, out var place))
        {
            throw new AmazonS3Exception(
                "The continuation token provided is incorrect", ErrorType.Sender, "InvalidArgument", "1", HttpStatusCode.BadRequest);
        }

        Assert.Equal((place.Prefix, place.Delimiter), (request.Prefix, request.Delimiter ?? ""));
        return place;
    }

    private void Fail(Failure failure)
    {
        if (failure == Failure.None)
        {
            return;
        }

        Failures.Add(failure);
        throw failure switch
        {
            Failure.Throttled => new AmazonS3Exception("", ErrorType.Receiver, "SlowDown", "1", HttpStatusCode.ServiceUnavailable),
            Failure.ServerError => new AmazonS3Exception("", ErrorType.Receiver, "InternalError", "1", HttpStatusCode.InternalServerError),
            Failure.Reset => new HttpRequestException("The connection was reset."),
            _ => new AmazonS3Exception("", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden),
        };
    }

    private static T At<T>(IReadOnlyList<T> values, int index) => values[index % values.Count];

    /// <param name="Index">The index of the next entry.</param>
    /// <param name="EmptyPages">The empty pages so far at this entry.</param>
    /// <param name="FollowsPage">Whether the previous entry was on the previous page.</param>
    private sealed record Place(string Prefix, string Delimiter, int Index, int EmptyPages, bool FollowsPage);
}
