using System.Globalization;
using System.Text;
using CsCheck;
using S3Lister.Listing.Filters;

namespace S3Lister.Tests.Listing.Filters;

/// <summary>Random globs and keys, and what matching them costs.</summary>
public sealed class GlobPropertyTests
{
    /// <summary>The mutation run sets fewer, because each mutant runs the test again.</summary>
    private static readonly int CaseCount = int.Parse(
        Environment.GetEnvironmentVariable("S3LISTER_GLOB_CASES") ?? "100000", CultureInfo.InvariantCulture);

    private static readonly Gen<GlobReference> Simple = Gen.OneOf<GlobReference>(
        One("a"), One("a"), One("b"), One("/"), One("/"), One("é"), One("😀"), One("("), One("]"), One(@"\*", "*"), One(@"\,", ","), One(@"\é", "é"),
        new GlobReference.Run(Slashes: false), new GlobReference.Run(Slashes: true), new GlobReference.Folders(), new GlobReference.Folders(),
        GlobReference.One.Class("?", "aé😀*", _ => true),
        GlobReference.One.Class("[ab]", "ab", character => character.Value is 'a' or 'b'),
        GlobReference.One.Class("[!a]", "bé(", character => character.Value is not 'a'),
        GlobReference.One.Class("[^!-z]", "é😀", character => character.Value is < '!' or > 'z'),
        GlobReference.One.Class("[!-z]", "}é😀", character => character.Value is not ('-' or 'z')),
        GlobReference.One.Class("[]à-ü😀]", "]é😀", character => character.Value is ']' or (>= 'à' and <= 'ü') or 0x1F600));

    private static readonly Gen<(GlobReference Glob, string Key)> Cases = Gen.Select(
        Gen.Int[0, 3].SelectMany(depth => Gen.Int[1, 40].SelectMany(most => Sequence(depth, 1, most))),
        Gen.UInt,
        Gen.OneOf('a', 'b', '/', 'é', '(', '*').Array[0, 12].Select(characters => new string(characters)),
        Gen.Int[0, 3],
        (glob, seed, text, mutation) =>
        {
            var example = glob.Example(count => (int)((seed = (seed * 1664525) + 1013904223) >> 16) % count);
            return (glob, mutation switch
            {
                0 => text,
                1 => example.Length == 0 ? text : example.Remove((int)(seed % example.Length), 1),
                2 => example.Insert((int)(seed % (example.Length + 1)), text.Length == 0 ? "/" : text[..1]),
                _ => example,
            });
        })
        .Where(pair => Encoding.UTF8.GetByteCount(pair.glob.Pattern) is > 0 and <= Glob.MaxPatternLength && IsText(pair.Item2));

    [Fact]
    public void Glob_Agrees_With_A_Backtracking_Reference() => Cases.Sample(
        (glob, key) => Assert.Equal(glob.Matches(key), Glob.Parse(glob.Pattern).Matches(Encoding.UTF8.GetBytes(key))),
        iter: CaseCount,
        print: pair => $"{pair.Item1.Pattern} {pair.Item2}");

    [Fact]
    public void Random_Cases_Include_Matches_And_Mismatches()
    {
        // Otherwise the comparison would prove nothing.
        var matches = 0;
        Cases.Sample((glob, key) => _ = glob.Matches(key) ? Interlocked.Increment(ref matches) : 0, iter: 2_000);

        Assert.InRange(matches, 400, 1_600);
    }

    public static TheoryData<string, string> HostilePatterns => new()
    {
        { Repeat("*a", 127) + "Z", "a" },
        { "*" + Repeat("a", 255), "a" },
        { "*a" + Repeat("?", 254), "ab" },
        { Repeat("*?", 128), "ab/" },
        { Repeat("**a", 85), "a" },
        { Repeat("**/a", 63) + "/b", "a/" },
        { Repeat("**/", 84) + "b", "a/" },
        { Repeat("{a,aa}", 42) + "b", "a" },
        { "**" + Repeat("{?,}", 63), "ab" },
        { Repeat("{*,?}", 51), "ab" },
        { "**{" + Repeat("aaaa,", 49) + "a}", "a" },
        { "**" + Repeat("{a,{a,{a,{a,{a,aa}}}}}", 11) + "b", "a" },
        { "*" + Repeat("[!b]", 63), "a" },
        { "*" + Repeat("é", 127), "é" },
        { "*" + Repeat("?", 255), "😀" },
    };

    [Theory]
    [MemberData(nameof(HostilePatterns))]
    public void Steps_Are_Bounded_By_The_Length_Of_The_Key_When_The_Pattern_Is_Hostile(string pattern, string unit)
    {
        var glob = Glob.Parse(pattern);

        var (half, whole) = (Steps(glob, unit, 512), Steps(glob, unit, 1024));

        Assert.InRange(whole, 1, 1024 * Glob.MaxStepsPerCharacter);
        Assert.InRange(whole, half, (2 * half) + (256 * Glob.MaxStepsPerCharacter));
    }

    [Fact]
    public void Steps_Per_Character_Are_As_Documented() => Assert.Equal(64, Glob.MaxStepsPerCharacter);

    [Theory]
    [MemberData(nameof(HostilePatterns))]
    public void Match_Allocates_Nothing(string pattern, string unit)
    {
        var glob = Glob.Parse(pattern);
        var key = Encoding.UTF8.GetBytes(Repeat(unit, 1024 / Encoding.UTF8.GetByteCount(unit)));
        glob.Matches(key);

        var before = GC.GetAllocatedBytesForCurrentThread();
        glob.Matches(key);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int Steps(Glob glob, string unit, int length)
    {
        StepCounter steps = default;
        glob.Matches(Encoding.UTF8.GetBytes(Repeat(unit, length / Encoding.UTF8.GetByteCount(unit))), ref steps);
        return steps.Count;
    }

    private static GlobReference.One One(string pattern, string? character = null) => GlobReference.One.Literal(pattern, character ?? pattern);

    private static Gen<GlobReference> Item(int depth) => depth == 0 ? Simple : Gen.Frequency(
        (5, Simple),
        (1, Sequence(depth - 1, 0, 3).List[2, 4].Select(of => (GlobReference)new GlobReference.Alternatives(of))));

    private static Gen<GlobReference> Sequence(int depth, int least, int most) =>
        Item(depth).List[least, most].Select(items => (GlobReference)new GlobReference.Sequence(Separate(items)));

    /// <summary>Removes parts that would have another meaning after the previous one: a second star, or a slash after two.</summary>
    private static List<GlobReference> Separate(List<GlobReference> items)
    {
        List<GlobReference> separate = [];
        foreach (var item in items)
        {
            if (!(separate is [.., GlobReference.Run run]
                && (item.Pattern.StartsWith('*') || (run.Slashes && item.Pattern.StartsWith('/')))))
            {
                separate.Add(item);
            }
        }

        return separate;
    }

    /// <summary>Whether all surrogates are in pairs.</summary>
    private static bool IsText(string key) => !key.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private struct StepCounter : IGlobSteps
    {
        public int Count { get; private set; }

        public void Add(int count) => Count += count;
    }
}
