using System.IO.Enumeration;
using System.Text;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// The entries of one directory in the order of the keys that they begin. A directory sorts with a slash at its end,
/// because that is how the keys below it go on.
/// </summary>
internal sealed class FolderLevel
{
    private static readonly EnumerationOptions Everything =
        new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private FolderLevel(string path, byte[] prefix, FolderEntry[] entries) =>
        (Path, Prefix, Entries) = (path, prefix, entries);

    public string Path { get; }

    /// <summary>What all keys below this directory begin with: empty, or a path that ends in a slash.</summary>
    public byte[] Prefix { get; }

    public FolderEntry[] Entries { get; }

    /// <summary>The entry that the cursor is at.</summary>
    public int Index { get; set; }

    public static FolderLevel Read(FolderObjectStore store, string path, byte[] prefix)
    {
        FolderEntry[] entries;
        try
        {
            entries = [.. new FileSystemEnumerable<FolderEntry>(path, FolderEntry.From, Everything)
            {
                // IsDirectory follows a link; find -type f does not.
                ShouldIncludePredicate = static (ref FileSystemEntry entry) =>
                    !entry.IsDirectory || !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            }];
        }
        catch (DirectoryNotFoundException)
        {
            // Removed since its name was read, or its name is not what .NET made of it.
            store.ReportIfNotUtf8(path);
            entries = [];
        }
        catch (UnauthorizedAccessException)
        {
            store.Report(path, "it may not be read");
            entries = [];
        }

        Array.Sort(entries, static (left, right) => left.SortKey.AsSpan().SequenceCompareTo(right.SortKey));
        return new FolderLevel(path, prefix, entries);
    }

    /// <summary>Goes to the first entry that holds a key not before the prefix and <paramref name="rest"/>.</summary>
    /// <returns>True when that entry is a directory into which <paramref name="rest"/> goes on.</returns>
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
}

/// <summary>A name in a directory.</summary>
internal sealed record FolderEntry(string Name, byte[] SortKey, bool IsDirectory)
{
    public static FolderEntry From(ref FileSystemEntry entry)
    {
        var name = entry.FileName.ToString();
        return new FolderEntry(
            name, Encoding.UTF8.GetBytes(entry.IsDirectory ? name + '/' : name), entry.IsDirectory);
    }
}
