using S3Lister.Inventory.Parquet;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Inventory.Exporting;

/// <summary>
/// Collects the rows of each range until they make a row group. Ranges are listed in parallel, but the keys of a range come in
/// order, so each row group has a section of the keys that no other one is in.
/// </summary>
/// <param name="writer">Writes the row groups.</param>
internal sealed class RangeRows(ParquetWriter writer) : IDisposable
{
    /// <summary>The limit of all collected rows, in bytes.</summary>
    private const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>The limit of a row group.</summary>
    public const int DefaultMaxRows = 65_536;

    private readonly Dictionary<KeyRange, Section> _sections = [];
    private long _bytes;

    /// <summary>The number of rows with which a row group is written. Tests use fewer.</summary>
    public int MaxRows { get; init; } = DefaultMaxRows;

    /// <param name="range">The range of the page.</param>
    /// <param name="page">The page.</param>
    /// <param name="objects">The number of its objects that belong to the range.</param>
    /// <param name="storageClass">The number of an object's storage class, by its index in the page.</param>
    public void Add(KeyRange range, S3Page page, int objects, ReadOnlySpan<int> storageClass)
    {
        if (objects == 0)
        {
            return;
        }

        if (!_sections.TryGetValue(range, out var section))
        {
            _sections[range] = section = new(page.Object(0).Key.ToArray());
        }

        var before = section.Rows.Bytes;
        for (var i = 0; i < objects; i++)
        {
            section.Rows.Add(page.Object(i), storageClass[i]);
        }

        _bytes += section.Rows.Bytes - before;
        if (section.Rows.Rows >= MaxRows)
        {
            Write(section);
        }
        else if (_bytes > MaxBytes)
        {
            Write(_sections.Values.MaxBy(static each => each.Rows.Bytes)!);
        }
    }

    /// <summary>Writes the remaining rows. Small sections become one row group if no rows that are written lie between them.</summary>
    public void Close()
    {
        RowBuffer? group = null;
        foreach (var section in _sections.Values.OrderBy(static section => section.FirstKey, KeyComparer.Instance))
        {
            if (group is null || section.IsWritten || group.Rows + section.Rows.Rows > MaxRows)
            {
                WriteIfAny(group);
                group = section.Rows;
            }
            else
            {
                group.Append(section.Rows);
            }
        }

        WriteIfAny(group);
    }

    public void Dispose()
    {
        foreach (var section in _sections.Values)
        {
            section.Rows.Dispose();
        }
    }

    private void WriteIfAny(RowBuffer? group)
    {
        if (group is { Rows: > 0 })
        {
            writer.WriteRowGroup(group);
        }
    }

    private void Write(Section section)
    {
        writer.WriteRowGroup(section.Rows);
        _bytes -= section.Rows.Bytes;
        section.Reset();
    }

    /// <param name="firstKey">The first key of all its rows, written or not.</param>
    private sealed class Section(byte[] firstKey)
    {
        public byte[] FirstKey => firstKey;

        /// <summary>The rows that have not been written.</summary>
        public RowBuffer Rows { get; private set; } = new();

        /// <summary>Whether earlier rows of the section have been written.</summary>
        public bool IsWritten { get; private set; }

        /// <summary>Starts new rows. The range may have ended, so the memory is for other ranges.</summary>
        public void Reset()
        {
            Rows.Dispose();
#pragma warning disable CA2000 // The sections are disposed of at the end.
            (Rows, IsWritten) = (new(), true);
#pragma warning restore CA2000
        }
    }
}
