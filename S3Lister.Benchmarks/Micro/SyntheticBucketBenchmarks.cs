using BenchmarkDotNet.Attributes;
using S3Lister.Local.EmbeddedS3.Listing;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Benchmarks.Micro;

/// <summary>A page of the synthetic bucket with 100 million keys: the cost of generating the load for the other benchmarks.</summary>
public class SyntheticBucketBenchmarks
{
    private readonly ListingPage _page = new();
    private SyntheticObjectStore _store = null!;

    [Params("flat", "foldered", "uuid", "skewed")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _store = new(KeyShapes.Create(Shape, 100_000_000));

    /// <summary>1000 keys.</summary>
    [Benchmark]
    public int Keys()
    {
        ListingWalk.Fill(_page, new(), [], _store.OpenCursor());
        return _page.KeyCount;
    }
}

/// <summary>1000 common prefixes of that bucket, each with a thousand keys: one seek for each.</summary>
public class CommonPrefixBenchmarks
{
    private static readonly ListObjectsQuery Query = new() { Delimiter = "part"u8.ToArray() };

    private readonly ListingPage _page = new();
    private readonly SyntheticObjectStore _store = new(KeyShapes.Create("foldered", 100_000_000));

    [Benchmark]
    public int CommonPrefixes()
    {
        ListingWalk.Fill(_page, Query, [], _store.OpenCursor());
        return _page.CommonPrefixesCount;
    }
}
