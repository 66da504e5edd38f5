using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace S3Lister.Listing.Filters;

/// <summary>
/// A glob over a key: <c>*</c> and <c>?</c> stop at a slash, <c>**</c> does not, <c>**/</c> at the start of a segment also
/// matches no folder, <c>[a-z]</c> and <c>[!a-z]</c> match one character but never a slash, <c>{a,b}</c> matches one of
/// several patterns, and <c>\</c> makes the next character literal. A glob must match the whole key.
/// </summary>
/// <remarks>
/// A position automaton (Glushkov): each part of the pattern that matches one character of the key is a position;
/// <c>a*[bc]</c> has three. All paths through the pattern are followed at the same time, with one bit for each position:
/// <code>
/// expected = positions that may match the first character
/// matched  = expected &amp; positions that match this character      one lookup
/// expected = union of the followers of matched                    one lookup for four positions
/// </code>
/// A character costs at most <see cref="MaxStepsPerCharacter"/> lookups, for any pattern and key. FileSystemGlobbing supports
/// neither <c>[]</c> nor <c>{}</c>, and a regular expression would add its engine to the binary.
/// </remarks>
internal sealed class Glob
{
    /// <summary>
    /// In bytes of UTF-8. A position takes at least one byte, so this also limits the size of the automaton.
    /// </summary>
    public const int MaxPatternLength = GlobTables.MaxPositions;

    /// <summary>The maximum number of lookups of followers for one character of a key.</summary>
    public const int MaxStepsPerCharacter = GlobTables.MaxPositions / GlobTables.PositionsPerLookup;

    private const int LookupsPerRound = GlobTables.PositionsPerRound / GlobTables.PositionsPerLookup;

    private readonly GlobTables _tables;

    internal Glob(string pattern, GlobTables tables) => (Pattern, _tables) = (pattern, tables);

    public string Pattern { get; }

    /// <exception cref="FormatException">The pattern is invalid. The message says why, without quoting the pattern.</exception>
    public static Glob Parse(string pattern) => GlobParser.Parse(pattern);

    public bool Matches(ReadOnlySpan<byte> utf8)
    {
        NoSteps steps = default;
        return Matches(utf8, ref steps);
    }

    /// <summary>
    /// The same, with the lookups counted for tests. For <see cref="NoSteps"/> the compiler removes the counting.
    /// </summary>
    internal bool Matches<TSteps>(ReadOnlySpan<byte> utf8, ref TSteps steps)
        where TSteps : struct, IGlobSteps
    {
        if (utf8.IsEmpty)
        {
            return _tables.Start.End;
        }

        var expected = _tables.Start.Positions;
        while (true)
        {
            var matched = expected & _tables.Matching[Row(utf8, out var consumed)];
            utf8 = utf8[consumed..];
            if (matched == Vector256<ulong>.Zero || utf8.IsEmpty)
            {
                return (matched & _tables.Last) != Vector256<ulong>.Zero;
            }

            expected = Followers(matched, ref steps);
        }
    }

    /// <summary>The row of <see cref="GlobTables.Matching"/> for the first character of a text.</summary>
    private int Row(ReadOnlySpan<byte> utf8, out int consumed)
    {
        if (utf8[0] < GlobTables.AsciiRows)
        {
            consumed = 1;
            return utf8[0];
        }

        // Invalid bytes decode to U+FFFD.
        _ = Rune.DecodeFromUtf8(utf8, out var rune, out consumed);
        var range = _tables.RangeStarts.AsSpan().BinarySearch(rune.Value);
        return GlobTables.AsciiRows + (range < 0 ? ~range - 1 : range);
    }

    private Vector256<ulong> Followers<TSteps>(Vector256<ulong> matched, ref TSteps steps)
        where TSteps : struct, IGlobSteps =>
        Followers(0, matched.GetElement(0), ref steps) | Followers(1, matched.GetElement(1), ref steps)
        | Followers(2, matched.GetElement(2), ref steps) | Followers(3, matched.GetElement(3), ref steps);

    /// <param name="word">The index of one of the four words of a set of positions.</param>
    /// <param name="matched">The matched positions in that word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<ulong> Followers<TSteps>(int word, ulong matched, ref TSteps steps)
        where TSteps : struct, IGlobSteps
    {
        // The table has rows for whole rounds, and no bit of matched is above them. Bounds checks would take a third more time.
        ref var first = ref MemoryMarshal.GetArrayDataReference(_tables.Followers);
        var row = (nuint)word * (64 / GlobTables.PositionsPerLookup) * GlobTables.RowsPerLookup;
        var followers = Vector256<ulong>.Zero;
        for (; matched != 0; matched >>= GlobTables.PositionsPerRound, row += LookupsPerRound * GlobTables.RowsPerLookup)
        {
            followers |= Unsafe.Add(ref first, row + (nuint)(matched & 15))
                | Unsafe.Add(ref first, row + 16 + (nuint)((matched >> 4) & 15))
                | Unsafe.Add(ref first, row + 32 + (nuint)((matched >> 8) & 15))
                | Unsafe.Add(ref first, row + 48 + (nuint)((matched >> 12) & 15));
            steps.Add(LookupsPerRound);
        }

        return followers;
    }

    private struct NoSteps : IGlobSteps
    {
        public readonly void Add(int count)
        {
        }
    }
}

/// <summary>Counts the lookups of followers.</summary>
internal interface IGlobSteps
{
    void Add(int count);
}
