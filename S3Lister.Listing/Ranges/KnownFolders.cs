using S3Lister.Listing.Text;

namespace S3Lister.Listing.Ranges;

/// <summary>Folders that S3 has named: places to cut at, and how far keys may be expected. Without the listing's prefix.</summary>
internal sealed class KnownFolders
{
    private const byte Slash = (byte)'/';

    /// <summary>Of each level, in order; the levels that are nearer to the root first.</summary>
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

    /// <summary>The folders of one level that begin between a position and an end: of the level that is nearest to the root.</summary>
    public ReadOnlySpan<byte[]> Between(byte[] position, byte[]? end)
    {
        foreach (var folders in _levels.Values)
        {
            var first = Behind(folders, position);
            var last = end is null ? folders.Count : First(folders, end);
            if (first < last)
            {
                return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(folders)[first..last];
            }
        }

        return [];
    }

    /// <summary>The folder that a key is in, of those the one that is farthest from the root; null where none is known.</summary>
    public byte[]? Of(byte[] key)
    {
        foreach (var folders in _levels.Values.Reverse())
        {
            var next = Behind(folders, key);
            if (next > 0 && key.AsSpan().StartsWith(folders[next - 1]))
            {
                return folders[next - 1];
            }
        }

        return null;
    }

    /// <summary>
    /// Up to where keys of a range may be expected: its end, or that of the folder that its position is in where no other
    /// one is known to follow.
    /// </summary>
    public byte[]? ExpectedEnd(byte[] position, byte[]? end)
    {
        if (!Between(position, end).IsEmpty || Of(position) is not { } folder)
        {
            return end;
        }

        byte[] behind = [.. folder.AsSpan()[..^1], Slash + 1];
        return end is null || behind.AsSpan().SequenceCompareTo(end) < 0 ? behind : end;
    }

    private static int First(List<byte[]> folders, byte[] key)
    {
        var at = folders.BinarySearch(key, KeyComparer.Instance);
        return at < 0 ? ~at : at;
    }

    private static int Behind(List<byte[]> folders, byte[] key)
    {
        var at = folders.BinarySearch(key, KeyComparer.Instance);
        return at < 0 ? ~at : at + 1;
    }
}
