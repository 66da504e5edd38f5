using System.Text;
using BenchmarkDotNet.Attributes;
using S3Lister.Functions.Listing;

namespace S3Lister.Benchmarks.Micro;

/// <summary>The token between two pages.</summary>
public class TokenBenchmarks
{
    private const string S3Token = "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=";

    private static readonly ListObjectsQuery Query = new("logs/2026/", "/", null, 1000, null);
    private static readonly string Token = ContinuationToken.Encode(Pages.Bucket, Query, S3Token, 0);

    [Benchmark]
    public string Encode() => ContinuationToken.Encode(Pages.Bucket, Query, S3Token, 0);

    [Benchmark]
    public string Decode() => ContinuationToken.Decode(Pages.Bucket, Query, Token).S3Token;
}

/// <summary>A glob on a thousand keys; the last pattern is one that backtracking takes for ever.</summary>
public class GlobBenchmarks
{
    private readonly byte[][] _keys =
        [.. Enumerable.Range(0, 1000).Select(number => Encoding.UTF8.GetBytes($"2026/{number % 12:00}/aaaaaaaaaaaaaaaaaaaa-{number:00000}.json.gz"))];

    private Glob _glob = null!;

    [Params("**/*.gz", "2026/{01,02,03}/*", "*/*a*a*a*a*a*a*b")]
    public string Pattern { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _glob = Glob.Parse(Pattern);

    [Benchmark(OperationsPerInvoke = 1000)]
    public int Match() => _keys.Count(key => _glob.Matches(key));
}
