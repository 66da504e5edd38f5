using System.Runtime.Intrinsics;

namespace S3Lister.Listing.Filters;

/// <summary>The automaton of a glob: 6 KiB for a typical pattern, at most 48 KiB for the longest one.</summary>
internal sealed class GlobTables
{
    public const int MaxPositions = 256;
    public const int AsciiRows = 128;

    /// <summary>With four, the table fits into the cache of a core. With eight, it would have 256 KiB.</summary>
    public const int PositionsPerLookup = 4;

    public const int RowsPerLookup = 1 << PositionsPerLookup;

    /// <summary>Four lookups.</summary>
    public const int PositionsPerRound = 16;

    public GlobTables(IReadOnlyList<GlobPosition> positions, GlobSet start)
    {
        Start = start;
        RangeStarts = FindRanges(positions);
        Matching = new Vector256<ulong>[AsciiRows + RangeStarts.Length];
        Followers = new Vector256<ulong>[(positions.Count + PositionsPerRound - 1) / PositionsPerRound * PositionsPerRound / PositionsPerLookup * RowsPerLookup];
        for (var i = 0; i < positions.Count; i++)
        {
            Add(i, positions[i]);
        }
    }

    /// <summary>The positions that may match the first character. They include the end if the empty key matches.</summary>
    public GlobSet Start { get; }

    /// <summary>The positions that may match the last character.</summary>
    public Vector256<ulong> Last { get; private set; }

    /// <summary>
    /// The positions that match a character. One row for each ASCII character, then one for each of
    /// <see cref="RangeStarts"/>.
    /// </summary>
    public Vector256<ulong>[] Matching { get; }

    /// <summary>
    /// The sorted starts of the character ranges after ASCII. A position matches all characters of a range, or none.
    /// </summary>
    public int[] RangeStarts { get; }

    /// <summary>
    /// Unions of followers: one row for each of the 16 subsets of positions 0 to 3, then of 4 to 7, and so on.
    /// </summary>
    public Vector256<ulong>[] Followers { get; }

    private static int[] FindRanges(IReadOnlyList<GlobPosition> positions)
    {
        var ends = positions.SelectMany(position => position.Characters.Ranges).SelectMany(range => new[] { range.From, range.To + 1 });
        return [.. ends.Where(end => end > AsciiRows).Append(AsciiRows).Distinct().Order()];
    }

    private void Add(int index, GlobPosition position)
    {
        var bit = GlobSet.Of(index).Positions;
        Last |= position.Followers.End ? bit : default;
        for (var row = 0; row < Matching.Length; row++)
        {
            if (position.Characters.Contains(row < AsciiRows ? row : RangeStarts[row - AsciiRows]))
            {
                Matching[row] |= bit;
            }
        }

        var (lookup, place) = int.DivRem(index, PositionsPerLookup);
        for (var subset = 0; subset < RowsPerLookup; subset++)
        {
            if ((subset & (1 << place)) != 0)
            {
                Followers[(lookup * RowsPerLookup) + subset] |= position.Followers.Positions;
            }
        }
    }
}

/// <summary>A set of positions of a glob.</summary>
/// <param name="Positions">One bit for each.</param>
/// <param name="End">Whether the set includes the end of the pattern.</param>
internal readonly record struct GlobSet(Vector256<ulong> Positions, bool End)
{
    public static GlobSet operator |(GlobSet left, GlobSet right) => new(left.Positions | right.Positions, left.End || right.End);

    public static GlobSet Of(int position) => new(Vector256<ulong>.Zero.WithElement(position / 64, 1UL << (position % 64)), false);
}

/// <summary>A part of a glob that matches one character of a key.</summary>
/// <param name="Followers">The positions that may match the next character.</param>
internal readonly record struct GlobPosition(GlobCharacters Characters, GlobSet Followers);

/// <summary>A set of characters, as code points.</summary>
/// <param name="Ranges">The first and the last character of each range.</param>
/// <param name="Negated">Whether the set is all characters outside the ranges.</param>
/// <param name="Slash">Whether the set includes the slash, regardless of the ranges.</param>
internal readonly record struct GlobCharacters((int From, int To)[] Ranges, bool Negated = false, bool Slash = false)
{
    public static GlobCharacters Any { get; } = new([], Negated: true, Slash: true);

    public static GlobCharacters AnyButSlash { get; } = new([], Negated: true);

    public static GlobCharacters One(int character) => new([(character, character)], Slash: character == '/');

    public bool Contains(int character) => character == '/' ? Slash : IsInRange(character) != Negated;

    private bool IsInRange(int character)
    {
        foreach (var (from, to) in Ranges)
        {
            if (from <= character && character <= to)
            {
                return true;
            }
        }

        return false;
    }
}
