using System.Net;
using System.Text;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Sample;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class ListObjectsTests
{
    [Fact]
    public async Task Listing_Is_The_Document_That_S3_Writes()
    {
        var info = new ObjectInfo
        {
            Size = 11,
            LastModified = new DateTimeOffset(2026, 11, 23, 18, 19, 29, TimeSpan.Zero).ToUnixTimeSeconds(),
            ETag = ETag.FromMd5(Convert.FromHexString("0d9fa06a66933b40f615f530e59edd6b"), parts: 12),
            StorageClass = StorageClass.GlacierIR,
            ChecksumAlgorithm = ChecksumAlgorithm.Crc32,
            IsCompositeChecksum = true,
        };
        await using var bucket = await TestBucket.StartAsync(new InMemoryObjectStore([new("a/b"u8.ToArray(), info)]));

        var response = await bucket.Client.GetAsync(
            $"/{TestBucket.Name}?list-type=2&prefix=a&start-after=a&fetch-owner=true&max-keys=5&delimiter=:");

        Assert.Equal("application/xml", response.Headers["Content-Type"]);
        Assert.Equal("us-east-1", response.Headers["x-amz-bucket-region"]);
        Assert.Equal(16, response.Headers["x-amz-request-id"].Length);
        Assert.Equal(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>test-bucket</Name><Prefix>a</Prefix>
            <StartAfter>a</StartAfter><KeyCount>1</KeyCount><MaxKeys>5</MaxKeys><Delimiter>:</Delimiter>
            <IsTruncated>false</IsTruncated><Contents><Key>a/b</Key><LastModified>2026-11-23T18:19:29.000Z</LastModified>
            <ETag>&quot;0d9fa06a66933b40f615f530e59edd6b-12&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm>
            <ChecksumType>COMPOSITE</ChecksumType><Size>11</Size><Owner>
            <ID>e1c9f6a3b05d4782936f1ce5a7d8b20493c6e8f1a2b4d5079c3e6f8a1b2d4c57</ID></Owner>
            <StorageClass>GLACIER_IR</StorageClass></Contents></ListBucketResult>
            """.ReplaceLineEndings("").Replace("?>", "?>\n", StringComparison.Ordinal),
            response.Text);
    }

    [Theory]
    [InlineData("a b", "a+b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("100%", "100%25")]
    [InlineData("run books/x.txt", "run+books/x.txt")]
    [InlineData("한글/x", "%ED%95%9C%EA%B8%80/x")]
    [InlineData("test_file(3).png", "test_file%283%29.png")]
    [InlineData("-_.*~!'", "-_.*%7E%21%27")]
    [InlineData("\u0001\n\u007F", "%01%0A%7F")]
    [InlineData("<&>\"", "%3C%26%3E%22")]
    public async Task EncodingType_Url_Encodes_Every_Name_As_S3_Does(string name, string encoded)
    {
        await using var bucket = await TestBucket.StartAsync(name, $"{name}1/{name}", $"{name}1//2");

        var listing = await bucket.ListAsync(new(name, Delimiter: "//", EncodingType: "url", StartAfter: name));

        Assert.Equal("url", listing.EncodingType);
        Assert.Equal(encoded, listing.Prefix);
        Assert.Equal(encoded, listing.StartAfter);
        Assert.Equal([$"{encoded}1/{encoded}"], listing.Keys);
        Assert.Equal([$"{encoded}1//"], listing.CommonPrefixes);
    }

    [Fact]
    public async Task Delimiter_Is_Encoded_Too()
    {
        await using var bucket = await TestBucket.StartAsync("a%2Fb", "a/b");

        var listing = await bucket.ListAsync(new(Delimiter: "%2F", EncodingType: "url"));

        Assert.Equal("%252F", listing.Delimiter);
        Assert.Equal(["a/b"], listing.Keys);
        Assert.Equal(["a%252F"], listing.CommonPrefixes);
    }

    [Fact]
    public async Task Odd_Keys_Survive_When_The_Reader_Takes_Any_Character_Reference()
    {
        await using var bucket = await TestBucket.StartAsync([.. OddKeys.All]);

        var listing = await bucket.ListAsync(new());

        Assert.Equal(OddKeys.All.Order(NaiveListing.Utf8Order), listing.Keys);
    }

    [Fact]
    public async Task Control_Character_Breaks_A_Strict_Parser_As_In_S3()
    {
        await using var bucket = await TestBucket.StartAsync("a\u0001b\r\n");

        var response = await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2");

        Assert.Contains("<Key>a&#x1;b&#xd;&#xa;</Key>", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1000, 1000)]
    [InlineData("", 1000, 1000)]
    [InlineData("0", 0, 0)]
    [InlineData("7", 7, 7)]
    [InlineData("1000", 1000, 1000)]
    [InlineData("1001", 1000, 1000)]
    [InlineData("2147483647", 1000, 1000)]
    public async Task MaxKeys_Bounds_The_Page_And_Is_Echoed_As_Served(string? maxKeys, int echoed, int served)
    {
        await using var bucket = await TestBucket.StartAsync(
            [.. Enumerable.Range(0, 1200).Select(number => $"{number:0000}")]);

        var listing = await bucket.ListAsync(new(MaxKeys: maxKeys));

        Assert.Equal(echoed, listing.MaxKeys);
        Assert.Equal(served, listing.KeyCount);
        Assert.Equal(served, listing.Contents.Count);
        Assert.Equal(served > 0, listing.IsTruncated);
        Assert.Equal(served > 0, listing.NextContinuationToken is not null);
    }

    [Fact]
    public async Task Tokens_Reach_All_Entries_And_Hide_The_Key()
    {
        string[] keys = [.. Enumerable.Range(0, 40).Select(number => $"folder-{number % 8}/{number}"), "zzz"];
        await using var bucket = await TestBucket.StartAsync(keys);
        var entries = new List<string>();
        string? token = null;
        do
        {
            var page = await bucket.ListAsync(new(Delimiter: "/", MaxKeys: "3", Token: token));
            Assert.Equal(token, page.ContinuationToken);
            entries.AddRange(page.Keys.Concat(page.CommonPrefixes).Order(NaiveListing.Utf8Order));
            token = page.NextContinuationToken;
            Assert.Equal(page.IsTruncated, token is not null);
            Assert.DoesNotContain("folder", Encoding.UTF8.GetString(Convert.FromBase64String(token ?? "")), StringComparison.Ordinal);
        }
        while (token is not null);

        Assert.Equal([.. Enumerable.Range(0, 8).Select(number => $"folder-{number}/"), "zzz"], entries);
    }

    [Fact]
    public async Task StartAfter_Is_Ignored_And_Not_Echoed_When_There_Is_A_Token()
    {
        await using var bucket = await TestBucket.StartAsync("a", "b", "c", "d");
        var first = await bucket.ListAsync(new(MaxKeys: "1"));

        var second = await bucket.ListAsync(new(StartAfter: "c", Token: first.NextContinuationToken));

        Assert.Null(second.StartAfter);
        Assert.Equal(["b", "c", "d"], second.Keys);
    }

    [Fact]
    public async Task Token_Keeps_Its_Place_When_Keys_Come_And_Go()
    {
        var store = TestBucket.Store(["a", "c", "e", "g"]);
        await using var bucket = await TestBucket.StartAsync(store);
        var first = await bucket.ListAsync(new(MaxKeys: "2"));
        store.Delete("c"u8);
        store.Delete("e"u8);
        store.Put("b"u8, TestBucket.Info(1));
        store.Put("d"u8, TestBucket.Info(1));

        var second = await bucket.ListAsync(new(Token: first.NextContinuationToken));

        Assert.Equal(["d", "g"], second.Keys);
    }

    [Fact]
    public async Task Plus_In_The_Query_Is_A_Space_And_An_Escaped_One_Is_A_Plus()
    {
        await using var bucket = await TestBucket.StartAsync("a b", "a+b");

        var space = await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2&prefix=a+b");
        var plus = await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2&prefix=a%2Bb");

        Assert.Equal(["a b"], S3Listing.Parse(space.Xml()).Keys);
        Assert.Equal(["a+b"], S3Listing.Parse(plus.Xml()).Keys);
    }

    [Fact]
    public async Task Bucket_Can_Be_In_The_Host_Name()
    {
        await using var bucket = await TestBucket.StartAsync("a");

        var response = await bucket.Client.GetAsync("/?list-type=2", ("Host", $"{TestBucket.Name}.localhost"));

        Assert.Equal(["a"], S3Listing.Parse(response.Xml()).Keys);
    }

    [Fact]
    public async Task Buckets_Are_Located_And_Listed()
    {
        await using var bucket = await TestBucket.StartAsync(TestBucket.Store([]), options => options with
        {
            Region = "eu-central-1",
            Buckets = options.Buckets.Append(new("another-bucket", TestBucket.Store([]))).ToDictionary(),
        });

        var location = await bucket.Client.GetAsync("/another-bucket?location");
        var buckets = await bucket.Client.GetAsync("/");

        Assert.Equal("eu-central-1", location.Xml().Value);
        Assert.Equal(
            ["another-bucket", "test-bucket"],
            buckets.Xml().Descendants().Where(element => element.Name.LocalName == "Name").Select(element => element.Value));
    }

    [Theory]
    [InlineData("123456789012", HttpStatusCode.OK)]
    [InlineData("210987654321", HttpStatusCode.Forbidden)]
    public async Task ExpectedBucketOwner_Is_Compared(string owner, HttpStatusCode status)
    {
        await using var bucket = await TestBucket.StartAsync("a");

        var response = await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2",
            ("x-amz-expected-bucket-owner", owner),
            ("x-amz-request-payer", "requester"));

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task Requests_Are_Counted_By_Operation()
    {
        await using var bucket = await TestBucket.StartAsync("a");

        await bucket.ListAsync(new());
        await bucket.ListAsync(new());
        await bucket.Client.GetAsync("/no-such-bucket?list-type=2");
        await bucket.Client.GetAsync("/");

        Assert.Equal(3, bucket.Server.Requests[S3Operation.ListObjectsV2]);
        Assert.Equal(1, bucket.Server.Requests[S3Operation.ListBuckets]);
        Assert.Equal(4, bucket.Server.Requests.Total);
    }

    [Fact]
    public async Task Sample_Bucket_Lists_Each_Object_Once_And_In_Order()
    {
        await using var bucket = await TestBucket.StartAsync(SampleBucket.Create());
        var keys = new List<string>();
        string? token = null;
        do
        {
            var page = await bucket.ListAsync(new(Token: token));
            keys.AddRange(page.Keys);
            token = page.NextContinuationToken;
        }
        while (token is not null);

        Assert.Equal(SampleBucket.Count, keys.Count);
        Assert.Equal(keys.Distinct().Order(NaiveListing.Utf8Order), keys);
        Assert.Superset(OddKeys.All.ToHashSet(), keys.ToHashSet());
        Assert.Equal(1024, keys.Max(Encoding.UTF8.GetByteCount));
    }

    [Fact]
    public async Task Sample_Bucket_Is_The_Same_Every_Time()
    {
        await using var first = await TestBucket.StartAsync(SampleBucket.Create());
        await using var second = await TestBucket.StartAsync(SampleBucket.Create());

        var page = await first.ListAsync(new());

        Assert.Equal(page.Contents, (await second.ListAsync(new())).Contents);
        Assert.True(page.Contents.Select(listed => listed.StorageClass).Distinct().Count() > 3);
    }
}
