using S3Lister.Listing.Text;

namespace S3Lister.Listing.Xml;

/// <summary>An object of a page, where it lies in the answer's text.</summary>
/// <param name="Size">Bytes; <see cref="Absent"/> where the entry has none.</param>
/// <param name="LastModified">Ticks of UTC; <see cref="Absent"/> where the entry has none.</param>
/// <param name="ChecksumAlgorithms">Names, with a space between two.</param>
internal readonly record struct ObjectRow(
    TextRange Key, long Size, long LastModified, TextRange ETag, TextRange StorageClass, TextRange ChecksumAlgorithms)
{
    /// <summary>No size and no instant has this value: the first instant that there is has 0 ticks.</summary>
    public const long Absent = -1;
}

/// <summary>An object of a page, to be used while the page is there.</summary>
internal readonly ref struct ObjectEntry(ReadOnlySpan<byte> text, scoped in ObjectRow row)
{
    /// <summary>UTF-8, any key that S3 can hold.</summary>
    public ReadOnlySpan<byte> Key { get; } = row.Key.In(text);

    /// <summary>Bytes.</summary>
    public long Size { get; } = row.Size;

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; } = new(row.LastModified, DateTimeKind.Utc);

    /// <summary>With its quotes, as S3 gives it; empty where it gives none.</summary>
    public ReadOnlySpan<byte> ETag { get; } = row.ETag.In(text);

    public ReadOnlySpan<byte> StorageClass { get; } = row.StorageClass.Length > 0 ? row.StorageClass.In(text) : "STANDARD"u8;

    /// <summary>Names, with a space between two; empty for none.</summary>
    public ReadOnlySpan<byte> ChecksumAlgorithms { get; } = row.ChecksumAlgorithms.In(text);
}
