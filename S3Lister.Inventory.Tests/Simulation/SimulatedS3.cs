using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Listing.S3.Client;
using S3Lister.Listing.Text;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>The source bucket: its keys, how long a LIST takes, and how many requests its partitions serve.</summary>
/// <param name="time">The clock.</param>
/// <param name="keys">The keys.</param>
/// <param name="partitions">The number of partitions, each with as many keys.</param>
internal sealed class SimulatedBucket(VirtualTime time, BucketKeys keys, int partitions = 1)
{
    /// <summary>GET requests per second that S3 serves for a partitioned prefix.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html"/>
    public const double RequestsPerSecond = 5500;

    /// <summary>The number of requests that a partition serves at once before it throttles: a tenth of a second's.</summary>
    private const double Burst = RequestsPerSecond / 10;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan ThrottledLatency = TimeSpan.FromMilliseconds(20);

    private readonly (double Debt, long At)[] _partitions = new (double, long)[partitions];

    public BucketKeys Keys => keys;

    public VirtualTime Time => time;

    /// <summary>How many times slower the first partition is.</summary>
    public double SlowFactor { get; init; } = 1;

    /// <summary>Whether all requests are throttled, at a time since the start.</summary>
    public Func<TimeSpan, bool> IsStorm { get; init; } = static _ => false;

    /// <summary>LIST requests that were served.</summary>
    public long Served { get; private set; }

    /// <summary>LIST requests that were throttled.</summary>
    public long Throttled { get; private set; }

    /// <summary>Waits as long as S3 takes for a page.</summary>
    /// <exception cref="AmazonS3Exception">S3 throttles the request.</exception>
    public async Task ServeAsync(long index, CancellationToken cancellationToken)
    {
        var partition = (int)(Math.Min(index, keys.Count - 1) * partitions / Math.Max(1, keys.Count));
        var slow = partition == 0 ? SlowFactor : 1;
        if (IsStorm(time.Now) || !TryAdmit(ref _partitions[Math.Max(0, partition)], RequestsPerSecond / slow))
        {
            Throttled++;
            await time.Delay(ThrottledLatency, cancellationToken);
            throw new AmazonS3Exception("Please reduce your request rate.", ErrorType.Receiver, "SlowDown", "", HttpStatusCode.ServiceUnavailable);
        }

        Served++;
        await time.Delay(Latency * slow * (0.6 + (0.8 * (Hash.Of((ulong)(Served + Throttled)) & 0xFFFF) / 0x10000)), cancellationToken);
    }

    private bool TryAdmit(ref (double Debt, long At) state, double rate)
    {
        var debt = Math.Max(0, state.Debt - ((time.GetTimestamp() - state.At) * rate / TimeSpan.TicksPerSecond)) + 1;
        if (debt > Burst)
        {
            return false;
        }

        state = (debt, time.GetTimestamp());
        return true;
    }
}

/// <summary>The client of one export, whose process has one core.</summary>
/// <param name="bucket">The source.</param>
/// <param name="cpuPerPage">CPU time of a page.</param>
internal sealed class SimulatedS3(SimulatedBucket bucket, TimeSpan cpuPerPage) : IListObjectsV2
{
    private TimeSpan _cpuIsFree;

    public string? Region => "us-east-1";

    public IClientConfig Config => throw new NotSupportedException();

    public Uri Server(string bucketName) => throw new NotSupportedException();

    public async Task<ListingResponse> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken)
    {
        var prefix = Encoding.UTF8.GetBytes(request.Prefix ?? "");
        var after = request.ContinuationToken is { } token ? Convert.FromHexString(token)
            : request.StartAfter is { } start ? Encoding.UTF8.GetBytes(start) : null;
        var first = after is null || after.AsSpan().SequenceCompareTo(prefix) < 0
            ? bucket.Keys.Find(prefix)
            : bucket.Keys.Find([.. after, 0]);
        await bucket.ServeAsync(first, cancellationToken);
        var body = Page(request, prefix, first);
        _cpuIsFree = (_cpuIsFree > bucket.Time.Now ? _cpuIsFree : bucket.Time.Now) + cpuPerPage;
        await bucket.Time.Delay(_cpuIsFree - bucket.Time.Now, cancellationToken);
        return new ListingResponse { Body = body };
    }

    private Utf8Buffer Page(ListObjectsV2Request request, byte[] prefix, long index)
    {
        var keys = bucket.Keys;
        Utf8Buffer xml = new(16 * 1024);
        var entries = 0;
        Span<byte> key = stackalloc byte[1024];
        for (; index < keys.Count; entries++)
        {
            var length = keys.Write(index, key);
            if (!key[..length].StartsWith(prefix))
            {
                index = keys.Count;
                break;
            }

            if (entries == request.MaxKeys)
            {
                break;
            }

            var slash = request.Delimiter is null ? -1 : key[prefix.Length..length].IndexOf((byte)'/');
            if (slash < 0)
            {
                Write(xml, key[..length], index);
                index++;
            }
            else
            {
                var last = prefix.Length + slash + 1;
                xml.Append("<CommonPrefixes><Prefix>"u8);
                Encode(xml, key[..last]);
                xml.Append("</Prefix></CommonPrefixes>"u8);
                index = keys.Find([.. key[..(last - 1)], (byte)'/' + 1]);
            }
        }

        var isTruncated = index < keys.Count;
        Utf8Buffer body = new(xml.Length + 4096);
        body.Append("<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>"u8);
        body.Append(isTruncated ? "true"u8 : "false"u8);
        body.Append("</IsTruncated>"u8);
        if (isTruncated)
        {
            // The token says after which entry the next page begins; that is all that S3's own say, too.
            var length = keys.Write(index - 1, key);
            body.Append("<NextContinuationToken>"u8);
            body.Append(Encoding.ASCII.GetBytes(Convert.ToHexString(key[..length])));
            body.Append("</NextContinuationToken>"u8);
        }

        body.Append(xml.Written);
        body.Append("</ListBucketResult>"u8);
        xml.Dispose();
        return body;
    }

    private static void Write(Utf8Buffer xml, ReadOnlySpan<byte> key, long index)
    {
        var info = SyntheticObjectStore.Info(index);
        xml.Append("<Contents><Key>"u8);
        Encode(xml, key);
        xml.Append("</Key><LastModified>"u8);
        xml.Append(Encoding.ASCII.GetBytes(DateTimeOffset.FromUnixTimeSeconds(info.LastModified).ToString("yyyy-MM-dd'T'HH:mm:ss.000'Z'", System.Globalization.CultureInfo.InvariantCulture)));
        xml.Append("</LastModified><ETag>&quot;"u8);
        xml.Advance(info.ETag.Format(xml.GetSpan(64)));
        xml.Append("&quot;</ETag><Size>"u8);
        xml.AppendNumber(info.Size);
        xml.Append("</Size><StorageClass>"u8);
        xml.Append((index & 7) == 0 ? "GLACIER"u8 : "STANDARD"u8);
        xml.Append("</StorageClass></Contents>"u8);
    }

    /// <summary>S3's encoding under <c>encoding-type=url</c>.</summary>
    private static void Encode(Utf8Buffer xml, ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'/' or (byte)'-' or (byte)'.' or (byte)'_')
            {
                xml.Append([value]);
            }
            else
            {
                xml.Append([(byte)'%', Digit(value >> 4), Digit(value & 15)]);
            }
        }

        static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
    }
}
