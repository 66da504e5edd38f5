using BenchmarkDotNet.Attributes;
using S3Lister.Local.EmbeddedS3.Listing;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Benchmarks.Micro;

/// <summary>A page of the synthetic bucket of 100 million keys: what the load costs, beside what is measured with it.</summary>
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
    public int Keys() => Fill(new());

    /// <summary>A hundred common prefixes or as many as there are: a seek each.</summary>
    [Benchmark]
    public int CommonPrefixes() => Fill(new() { Delimiter = "0"u8.ToArray(), MaxKeys = 100 });

    private int Fill(ListObjectsQuery query)
    {
        ListingWalk.Fill(_page, query, [], _store.OpenCursor());
        return _page.KeyCount;
    }
}
