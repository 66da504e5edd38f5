using BenchmarkDotNet.Attributes;
using S3Lister.Functions.Objects;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Benchmarks.Micro;

/// <summary>From S3's XML to a validated page of 1000 keys, including the copy of the bytes that the HTTP client would make.</summary>
public class ParserBenchmarks
{
    private Pages _pages = null!;

    [Params("foldered", "non-ascii", "long-prefix")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _pages = new Pages(Shape);

    [Benchmark]
    public int Read()
    {
        using var page = _pages.Read();
        return page.Count;
    }
}

/// <summary>From a page of 1000 keys to the body in each format.</summary>
public class WriterBenchmarks
{
    private static readonly ListObjectsQuery Query = new("", null, null, 1000, null);
    private static readonly ObjectsPage Page = new(Pages.Bucket, 1000, new string('t', 100), 1000, 1, EndedBy: null);

    private S3Page _page = null!;

    [Params("application/json", "application/x-ndjson", "text/csv")]
    public string Format { get; set; } = "";

    [Params("foldered", "non-ascii")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _page = new Pages(Shape).Read();

    [Benchmark]
    public int Write()
    {
        using var listing = ListingBody.Create(Format);
        using Utf8Buffer body = new();
        listing.TryAppend(_page);
        listing.WriteTo(body, Query, Page);
        return body.Length;
    }

    [GlobalCleanup]
    public void Cleanup() => _page.Dispose();
}
