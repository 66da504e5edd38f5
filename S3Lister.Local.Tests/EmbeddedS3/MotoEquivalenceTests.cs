using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Local.EmbeddedS3.Sample;
using S3Lister.Local.EmbeddedS3.Storage;
using ChecksumAlgorithm = S3Lister.Local.EmbeddedS3.Storage.ChecksumAlgorithm;

namespace S3Lister.Local.Tests.EmbeddedS3;

/// <summary>
/// The embedded S3 and moto return the same listings, field by field. Where they do not, S3's documentation decides,
/// and <see cref="MotoDifferenceTests"/> has the responses of each.
/// </summary>
[Collection<MotoServerTests>]
public sealed class MotoEquivalenceTests(MotoServer moto)
{
    private static readonly string[] Prefixes =
    [
        "", "odd/", "odd", "odd//", "odd/order/", "odd/order/a", "odd/a", "odd/a+b", "odd/%", "photos/2025/", "/", ".",
        "none",
    ];

    private static readonly string?[] Delimiters = [null, "/", "//", "a", ".", "%", " ", "\uE000"];

    private static readonly string?[] StartAfters =
        [null, "odd/", "odd/a b c.txt", "odd/order/a/", "odd/order/\uE000", "zzz"];

    private static readonly string?[] MaxKeys = [null, "0", "1", "7"];

    // moto does not accept a line feed in a key.
    private static readonly string[] Keys =
    [
        .. OddKeys.All.Where(key => !key.Contains('\n', StringComparison.Ordinal)),
        .. Enumerable.Range(0, 20).Select(number => string.Create(
            CultureInfo.InvariantCulture, $"photos/2025/{number % 3}/IMG_{number:000}.JPG")),
    ];

    [Fact]
    public async Task Both_Return_The_Same_Pages_For_All_Combinations_Of_Parameters()
    {
        await using var bucket = await FillAsync(moto, Keys);
        using var client = new RawS3(moto.Endpoint);
        Assert.Equal(Keys.Order(NaiveListing.Utf8Order), (await bucket.ListAsync(new())).Keys);
        var combinations = 0;
        foreach (var (prefix, delimiter) in Pairs(Prefixes, Delimiters))
        {
            foreach (var (startAfter, maxKeys) in Pairs(StartAfters, MaxKeys))
            {
                // A third of them: every value still meets every other one.
                if (combinations++ % 3 == 0)
                {
                    var query = new ListingQuery(prefix, delimiter, startAfter, maxKeys);
                    AssertSame(
                        await client.ListAsync(TestBucket.Name, query), await bucket.ListAsync(query), query);
                }
            }
        }
    }

    [Theory]
    [InlineData("", null, "1")]
    [InlineData("", "/", "1")]
    [InlineData("", "/", "2")]
    [InlineData("odd/", "/", "3")]
    [InlineData("odd/", null, "7")]
    [InlineData("odd/", "a", "1")]
    [InlineData("odd/order/", "\uE000", "1")]
    public async Task Both_Return_The_Same_Pages_From_Token_To_Token(string prefix, string? delimiter, string maxKeys)
    {
        await using var bucket = await FillAsync(moto, Keys);
        using var client = new RawS3(moto.Endpoint);
        string? motoToken = null;
        string? token = null;
        do
        {
            var query = new ListingQuery(prefix, delimiter, null, maxKeys);
            var theirs = await client.ListAsync(TestBucket.Name, query with { Token = motoToken });
            var ours = await bucket.ListAsync(query with { Token = token });
            AssertSame(theirs, ours, query with { Token = token });
            (motoToken, token) = (theirs.NextContinuationToken, ours.NextContinuationToken);
        }
        while (token is not null);

        Assert.Null(motoToken);
    }

    /// <summary>Puts objects into moto through the AWS SDK, and starts a bucket with the same ones.</summary>
    internal static async Task<TestBucket> FillAsync(MotoServer moto, IReadOnlyList<string> keys)
    {
        await moto.ResetAsync(TestContext.Current.CancellationToken);
        using var client = Sdk(moto.Endpoint);
        await client.PutBucketAsync(TestBucket.Name, TestContext.Current.CancellationToken);
        foreach (var (index, key) in keys.Index())
        {
            if (key.StartsWith('/'))
            {
                await PutWithLeadingSlashAsync(moto.Endpoint, key);
                continue;
            }

            await client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = TestBucket.Name,
                    Key = key,
                    ContentBody = Content(index),
                    StorageClass = IsInfrequent(index) ? S3StorageClass.StandardInfrequentAccess : null,
                },
                TestContext.Current.CancellationToken);
        }

        return await TestBucket.StartAsync(new InMemoryObjectStore(keys.Index().Select(item => Stored(item.Item, item.Index))));
    }

    private static StoredObject Stored(string key, int index)
    {
        var isEmpty = key.StartsWith('/');
        var content = isEmpty ? "" : Content(index);
#pragma warning disable CA5351 // An entity tag is an MD5.
        var md5 = MD5.HashData(Encoding.UTF8.GetBytes(content));
#pragma warning restore CA5351
        return new(Encoding.UTF8.GetBytes(key), TestBucket.Info(content.Length) with
        {
            ETag = ETag.FromMd5(md5),
            StorageClass = !isEmpty && IsInfrequent(index) ? StorageClass.StandardIA : StorageClass.Standard,
            ChecksumAlgorithm = ChecksumAlgorithm.Crc32,
        });
    }

    private static string Content(int index) => new('x', index);

    private static bool IsInfrequent(int index) => index % 3 == 0;

    // The SDK removes a slash at the beginning of a key.
    private static async Task PutWithLeadingSlashAsync(Uri endpoint, string key)
    {
        using var raw = new RawS3(endpoint);
        var response = await raw.SendAsync(
            HttpMethod.Put,
            $"/{TestBucket.Name}/{Uri.EscapeDataString(key)}",
            "",
            ("x-amz-checksum-crc32", "AAAAAA=="),
            ("x-amz-sdk-checksum-algorithm", "CRC32"));
        Assert.Equal(HttpStatusCode.OK, response.Status);
    }

    private static AmazonS3Client Sdk(Uri endpoint) => new(
        new BasicAWSCredentials("AKIDEXAMPLE", "example"),
        new AmazonS3Config
        {
            ServiceURL = endpoint.ToString(),
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });

    private static IEnumerable<(T1 First, T2 Second)> Pairs<T1, T2>(IEnumerable<T1> first, IEnumerable<T2> second) =>
        from one in first from other in second select (one, other);

    private static void AssertSame(S3Listing theirs, S3Listing ours, ListingQuery query)
    {
        Assert.Equal(theirs.Contents.Select(Comparable), ours.Contents.Select(Comparable));
        Assert.Equal(theirs.CommonPrefixes, ours.CommonPrefixes);
        Assert.Equal(theirs.NextContinuationToken is null, ours.NextContinuationToken is null);

        // Tokens are each server's own, and moto does not echo them.
        Assert.Equal(
            theirs with { Contents = [], CommonPrefixes = [], NextContinuationToken = null, ContinuationToken = query.Token },
            ours with { Contents = [], CommonPrefixes = [], NextContinuationToken = null });
    }

    /// <summary>Without the time of the upload, and without what MotoDifferenceTests is about.</summary>
    private static ListedObject Comparable(ListedObject listed)
    {
        Assert.EndsWith(".000Z", listed.LastModified, StringComparison.Ordinal);
        return listed with { LastModified = "", ChecksumType = null, Owner = null };
    }
}
