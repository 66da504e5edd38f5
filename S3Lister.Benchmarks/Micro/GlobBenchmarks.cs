using System.Text;
using BenchmarkDotNet.Attributes;
using S3Lister.Listing.Filters;

namespace S3Lister.Benchmarks.Micro;

/// <summary>A glob over the 10,000 keys of the largest page: ordinary patterns, and hostile ones that need the most steps.</summary>
public class GlobBenchmarks
{
    private const int KeyCount = 10_000;

    private static readonly Dictionary<string, string> Patterns = new()
    {
        ["**/*.gz"] = "**/*.gz",
        ["*/2026/{01,02,03}/*"] = "*/2026/{01,02,03}/*",
        ["*/**/2026/*/0*.json.gz"] = "*/**/2026/*/0*.json.gz",
        ["*a x127, Z"] = Repeat("*a", 127) + "Z",
        ["*? x128"] = Repeat("*?", 128),
        ["*, a x255"] = "*" + Repeat("a", 255),
        ["{aaaa,…} x49"] = "**{" + Repeat("aaaa,", 49) + "a}",
    };

    private readonly byte[][] _keys = new byte[KeyCount][];
    private Glob _glob = null!;

    [ParamsSource(nameof(Names))]
    public string Pattern { get; set; } = "";

    /// <summary>The length of a key in bytes: a common one, and the maximum of S3.</summary>
    [Params(47, 1024)]
    public int KeyLength { get; set; }

    public static IEnumerable<string> Names => Patterns.Keys;

    [GlobalSetup]
    public void Setup()
    {
        _glob = Glob.Parse(Patterns[Pattern]);
        for (var i = 0; i < KeyCount; i++)
        {
            var end = $"/2026/{i % 12:00}/{i:00000}.json.gz";
            _keys[i] = Encoding.UTF8.GetBytes(new string('a', KeyLength - end.Length) + end);
        }
    }

    [Benchmark]
    public int Match()
    {
        var count = 0;
        foreach (var key in _keys)
        {
            count += _glob.Matches(key) ? 1 : 0;
        }

        return count;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
