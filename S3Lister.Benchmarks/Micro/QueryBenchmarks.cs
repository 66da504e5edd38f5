using BenchmarkDotNet.Attributes;
using S3Lister.Functions.Objects;

namespace S3Lister.Benchmarks.Micro;

/// <summary>The token between two pages.</summary>
public class TokenBenchmarks
{
    private const string S3Token = "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=";

    private static readonly ListObjectsQuery Query = new("logs/2026/", "/", null, 1000, null);
    private static readonly byte[] Last = "logs/2026/11/23/18.gz"u8.ToArray();
    private static readonly string Token = ContinuationToken.Encode(Pages.Bucket, Query, Last, S3Token);

    [Benchmark]
    public string Encode() => ContinuationToken.Encode(Pages.Bucket, Query, Last, S3Token);

    [Benchmark]
    public string Decode() => ContinuationToken.Decode(Pages.Bucket, Query, Token).S3Token;
}
