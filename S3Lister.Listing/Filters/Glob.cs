using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace S3Lister.Listing.Filters;

/// <summary>
/// A glob over a key: <c>*</c> and <c>?</c> stop at a slash, <c>**</c> does not, <c>**/</c> at the start of a segment also
/// matches no folder at all, <c>[a-z]</c> and <c>[!a-z]</c> match one character but never a slash, <c>{a,b}</c> matches one
/// of several patterns, <c>\</c> takes the next character literally. It must match the whole key.
/// </summary>
/// <remarks>
/// A position automaton: what matches one character of the key is a position, <c>a*[bc]</c> has three. All ways through the
/// pattern are followed at once, with a bit for each position:
/// <code>
/// expected = positions that may match the first character
/// taken    = expected &amp; positions that match this character      one lookup
/// expected = union of the followers of taken                      one lookup for four positions
/// </code>
/// A character costs at most <see cref="MaxStepsPerCharacter"/> lookups, whatever the pattern and the key are.
/// </remarks>
internal sealed class Glob
{
    /// <summary>Bytes of UTF-8. A position takes at least one of them, so this bounds the automaton too.</summary>
    public const int MaxPatternLength = GlobTables.MaxPositions;

    /// <summary>Lookups of followers for one character of a key.</summary>
    public const int MaxStepsPerCharacter = GlobTables.MaxPositions / GlobTables.PositionsPerLookup;

    private const int LookupsPerRound = GlobTables.PositionsPerRound / GlobTables.PositionsPerLookup;

    private readonly GlobTables _tables;

    internal Glob(string pattern, GlobTables tables) => (Pattern, _tables) = (pattern, tables);

    public string Pattern { get; }

    /// <exception cref="FormatException">Not a valid pattern; the message says why, and contains nothing of the pattern.</exception>
    public static Glob Parse(string pattern) => GlobParser.Parse(pattern);

    public bool Matches(ReadOnlySpan<byte> utf8)
    {
        NoSteps steps = default;
        return Matches(utf8, ref steps);
    }

    /// <summary>The same with its steps counted, for tests; without a counter there is no code for it.</summary>
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
            var taken = expected & _tables.Matching[Row(utf8, out var consumed)];
            utf8 = utf8[consumed..];
            if (taken == Vector256<ulong>.Zero || utf8.IsEmpty)
            {
                return (taken & _tables.Last) != Vector256<ulong>.Zero;
            }

            expected = Followers(taken, ref steps);
        }
    }

    /// <summary>The row of <see cref="GlobTables.Matching"/> for the first character.</summary>
    private int Row(ReadOnlySpan<byte> utf8, out int consumed)
    {
        if (utf8[0] < GlobTables.AsciiRows)
        {
            consumed = 1;
            return utf8[0];
        }

        // Its value for bytes that are not UTF-8 is U+FFFD.
        _ = Rune.DecodeFromUtf8(utf8, out var rune, out consumed);
        var range = _tables.RangeStarts.AsSpan().BinarySearch(rune.Value);
        return GlobTables.AsciiRows + (range < 0 ? ~range - 1 : range);
    }

    private Vector256<ulong> Followers<TSteps>(Vector256<ulong> taken, ref TSteps steps)
        where TSteps : struct, IGlobSteps =>
        Followers(0, taken.GetElement(0), ref steps) | Followers(1, taken.GetElement(1), ref steps)
        | Followers(2, taken.GetElement(2), ref steps) | Followers(3, taken.GetElement(3), ref steps);

    /// <param name="word">Which of the four words of a set of positions.</param>
    /// <param name="taken">The positions in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<ulong> Followers<TSteps>(int word, ulong taken, ref TSteps steps)
        where TSteps : struct, IGlobSteps
    {
        // The table has rows for whole rounds, and no bit of taken is above them: checks of bounds would cost a third.
        ref var first = ref MemoryMarshal.GetArrayDataReference(_tables.Followers);
        var row = (nuint)word * (64 / GlobTables.PositionsPerLookup) * GlobTables.RowsPerLookup;
        var followers = Vector256<ulong>.Zero;
        for (; taken != 0; taken >>= GlobTables.PositionsPerRound, row += LookupsPerRound * GlobTables.RowsPerLookup)
        {
            followers |= Unsafe.Add(ref first, row + (nuint)(taken & 15))
                | Unsafe.Add(ref first, row + 16 + (nuint)((taken >> 4) & 15))
                | Unsafe.Add(ref first, row + 32 + (nuint)((taken >> 8) & 15))
                | Unsafe.Add(ref first, row + 48 + (nuint)((taken >> 12) & 15));
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
