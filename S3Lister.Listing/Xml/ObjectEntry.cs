using S3Lister.Listing.Text;

namespace S3Lister.Listing.Xml;

/// <summary>An object of a page: its numbers, and where its fields are in the response's text.</summary>
/// <param name="Size">In bytes; <see cref="Absent"/> where the entry has none.</param>
/// <param name="LastModified">In ticks of UTC; <see cref="Absent"/> where the entry has none.</param>
/// <param name="ChecksumAlgorithms">Names, separated by spaces.</param>
internal readonly record struct ObjectRow(
    TextRange Key, long Size, long LastModified, TextRange ETag, TextRange StorageClass, TextRange ChecksumAlgorithms)
{
    /// <summary>A value that no size and no instant has: the first instant has 0 ticks.</summary>
    public const long Absent = -1;
}

/// <summary>An object of a page, valid until the page is disposed of.</summary>
internal readonly ref struct ObjectEntry(ReadOnlySpan<byte> text, scoped in ObjectRow row)
{
    /// <summary>In UTF-8, of any characters that S3 allows.</summary>
    public ReadOnlySpan<byte> Key { get; } = row.Key.In(text);

    /// <summary>In bytes.</summary>
    public long Size { get; } = row.Size;

    /// <summary>In UTC.</summary>
    public DateTime LastModified { get; } = new(row.LastModified, DateTimeKind.Utc);

    /// <summary>With its quotes, as S3 returns it; empty where it returns none.</summary>
    public ReadOnlySpan<byte> ETag { get; } = row.ETag.In(text);

    public ReadOnlySpan<byte> StorageClass { get; } = row.StorageClass.Length > 0 ? row.StorageClass.In(text) : "STANDARD"u8;

    /// <summary>Names, separated by spaces; empty for none.</summary>
    public ReadOnlySpan<byte> ChecksumAlgorithms { get; } = row.ChecksumAlgorithms.In(text);
}
