using S3Lister.Listing.Text;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// The folders that S3 has listed, without the listing's prefix. They say where to cut, and how far keys are expected.
/// </summary>
internal sealed class KnownFolders
{
    private const byte Slash = (byte)'/';

    /// <summary>The sorted folders of each level, by the number of slashes.</summary>
    private readonly SortedDictionary<int, List<byte[]>> _levels = [];

    public void Add(byte[] folder)
    {
        var level = folder.AsSpan().Count(Slash);
        if (!_levels.TryGetValue(level, out var folders))
        {
            _levels.Add(level, folders = []);
        }

        var at = folders.BinarySearch(folder, KeyComparer.Instance);
        if (at < 0)
        {
            folders.Insert(~at, folder);
        }
    }

    /// <summary>The folders between a position and an end, of the level nearest to the root that has any.</summary>
    public ReadOnlySpan<byte[]> Between(byte[] position, byte[]? end)
    {
        foreach (var folders in _levels.Values)
        {
            var first = IndexAfter(folders, position);
            var last = end is null ? folders.Count : IndexFrom(folders, end);
            if (first < last)
            {
                return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(folders)[first..last];
            }
        }

        return [];
    }

    /// <summary>The innermost known folder that contains a key; null if none does.</summary>
    public byte[]? Containing(byte[] key)
    {
        foreach (var folders in _levels.Values.Reverse())
        {
            var next = IndexAfter(folders, key);
            if (next > 0 && key.AsSpan().StartsWith(folders[next - 1]))
            {
                return folders[next - 1];
            }
        }

        return null;
    }

    /// <summary>
    /// The end of the keys expected in a range: the end of the range, or of the folder that contains its position, if no known
    /// folder follows in the range.
    /// </summary>
    public byte[]? ExpectedEnd(byte[] position, byte[]? end)
    {
        if (!Between(position, end).IsEmpty || Containing(position) is not { } folder)
        {
            return end;
        }

        byte[] folderEnd = [.. folder.AsSpan()[..^1], Slash + 1];
        return end is null || folderEnd.AsSpan().SequenceCompareTo(end) < 0 ? folderEnd : end;
    }

    /// <summary>The index of the first folder at or after a key.</summary>
    private static int IndexFrom(List<byte[]> folders, byte[] key)
    {
        var at = folders.BinarySearch(key, KeyComparer.Instance);
        return at < 0 ? ~at : at;
    }

    /// <summary>The index of the first folder after a key.</summary>
    private static int IndexAfter(List<byte[]> folders, byte[] key)
    {
        var at = folders.BinarySearch(key, KeyComparer.Instance);
        return at < 0 ? ~at : at + 1;
    }
}
