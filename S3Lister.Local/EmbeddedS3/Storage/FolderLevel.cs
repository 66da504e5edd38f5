using System.IO.Enumeration;
using System.Text;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// The entries of one directory in the order of the keys that they begin. A directory sorts with a slash at its end,
/// because the keys below it continue with one.
/// </summary>
internal sealed class FolderLevel
{
    private static readonly EnumerationOptions Everything =
        new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private FolderLevel(string path, byte[] prefix, FolderEntry[] entries, LeftOut? leftOut = null)
    {
        (Path, Prefix, LeftOut) = (path, prefix, leftOut);
        Array.Sort(entries, static (left, right) => left.SortKey.AsSpan().SequenceCompareTo(right.SortKey));
        Entries = [.. entries.Where((entry, index) => index == 0 || !HaveOneName(entry, entries[index - 1]))];
        Indistinct = Entries.Length == entries.Length
            ? []
            : [.. entries.Where((entry, index) => index > 0 && HaveOneName(entry, entries[index - 1])).Select(entry => entry.Name)];
    }

    public string Path { get; }

    /// <summary>What all keys below this directory begin with: empty, or a path that ends in a slash.</summary>
    public byte[] Prefix { get; }

    public FolderEntry[] Entries { get; }

    /// <summary>
    /// Further entries with the same name in .NET, which replaces bytes that are not UTF-8 by U+FFFD.
    /// </summary>
    public IReadOnlyList<string> Indistinct { get; }

    /// <summary>Why nothing of this directory is listed; null when it was read, or removed since its name was.</summary>
    public LeftOut? LeftOut { get; }

    /// <summary>The entry that the cursor is at.</summary>
    public int Index { get; set; }

    public static FolderLevel Read(string path, byte[] prefix)
    {
        // No key is in there, and its path may be longer than the system allows.
        if (prefix.Length >= S3Limits.MaxKeyBytes)
        {
            return new FolderLevel(path, prefix, [], Storage.LeftOut.TooLong);
        }

        try
        {
            return new FolderLevel(path, prefix, [.. new FileSystemEnumerable<FolderEntry>(path, FolderEntry.From, Everything)]);
        }
        catch (DirectoryNotFoundException)
        {
            return new FolderLevel(path, prefix, [], FolderEntry.IsNotUtf8(path) ? Storage.LeftOut.NotUtf8 : null);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return new FolderLevel(path, prefix, [], Storage.LeftOut.Unreadable);
        }
    }

    /// <summary>Goes to the first entry that holds a key not before the prefix and <paramref name="rest"/>.</summary>
    /// <returns>True when that entry is a directory and <paramref name="rest"/> continues inside it.</returns>
    public bool Seek(ReadOnlySpan<byte> rest)
    {
        var (low, high) = (0, Entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Entries[middle].SortKey.AsSpan().SequenceCompareTo(rest) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var goesOn = low > 0 && Entries[low - 1].IsDirectory && rest.StartsWith(Entries[low - 1].SortKey);
        Index = goesOn ? low - 1 : low;
        return goesOn;
    }

    /// <summary>The directory that is the entry at the index.</summary>
    public FolderLevel Descend()
    {
        var entry = Entries[Index];
        return Read(System.IO.Path.Join(Path, entry.Name), [.. Prefix, .. entry.SortKey]);
    }

    /// <summary>
    /// What the entry at the index is, which is not a directory: an object, or left out for a reason. It is neither when
    /// it was removed since its name was read.
    /// </summary>
    public (bool IsObject, LeftOut? LeftOut) Inspect()
    {
        var entry = Entries[Index];
        var path = System.IO.Path.Join(Path, entry.Name);

        return EntryKinds.Of(path) switch
        {
            EntryKind.RegularFile when Prefix.Length + entry.SortKey.Length > S3Limits.MaxKeyBytes => (false, Storage.LeftOut.TooLong),
            EntryKind.RegularFile => (true, null),
            EntryKind.Link => (false, EntryKinds.IsDangling(path) ? Storage.LeftOut.DanglingLink : Storage.LeftOut.Link),
            EntryKind.Fifo => (false, Storage.LeftOut.Fifo),
            EntryKind.Socket => (false, Storage.LeftOut.Socket),
            EntryKind.Device => (false, Storage.LeftOut.Device),
            EntryKind.Denied => (false, Storage.LeftOut.Unreadable),
            EntryKind.Missing when FolderEntry.IsNotUtf8(entry.Name) => (false, Storage.LeftOut.NotUtf8),
            _ => (false, null),
        };
    }

    private static bool HaveOneName(FolderEntry left, FolderEntry right) => left.SortKey.AsSpan().SequenceEqual(right.SortKey);
}

/// <summary>A name in a directory. A link is not a directory, whatever it leads to.</summary>
internal sealed record FolderEntry(string Name, byte[] SortKey, bool IsDirectory)
{
    public static FolderEntry From(ref FileSystemEntry entry)
    {
        var name = entry.FileName.ToString();
        var isDirectory = entry.IsDirectory && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
        return new FolderEntry(name, Encoding.UTF8.GetBytes(isDirectory ? name + '/' : name), isDirectory);
    }

    /// <summary>Whether .NET put U+FFFD into a name or path for bytes that are not UTF-8.</summary>
    public static bool IsNotUtf8(string name) => name.Contains('\uFFFD', StringComparison.Ordinal);
}
