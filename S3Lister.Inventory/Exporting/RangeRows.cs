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
    private const int MaxBytes = 48 * 1024 * 1024;

    /// <summary>The limit of a row group.</summary>
    private const int MaxRows = 65_536;

    private readonly Dictionary<KeyRange, Section> _sections = [];
    private long _bytes;

    /// <param name="range">The range of the page.</param>
    /// <param name="page">The page.</param>
    /// <param name="objects">The number of its objects that belong to the range.</param>
    /// <param name="storageClass">The number of an object's storage class, by its index in the page.</param>
    public void Add(KeyRange range, S3Page page, int objects, ReadOnlySpan<int> storageClass)
    {
        if (!_sections.TryGetValue(range, out var section))
        {
            _sections[range] = section = new();
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

    /// <summary>Writes the remaining rows. Small sections that are neighbors become one row group.</summary>
    public void Close()
    {
        RowBuffer? group = null;
        foreach (var section in _sections.Values.Where(static section => section.Rows.Rows > 0).OrderBy(static section => section.Rows.FirstKey, KeyComparer.Instance))
        {
            // The earlier rows of a section that was written before lie between it and the group.
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
        if (group is not null)
        {
            writer.WriteRowGroup(group);
        }
    }

    private void Write(Section section)
    {
        writer.WriteRowGroup(section.Rows);
        _bytes -= section.Rows.Bytes;
        section.Rows.Clear();
        section.IsWritten = true;
    }

    private sealed class Section
    {
        public RowBuffer Rows { get; } = new();

        /// <summary>Whether earlier rows of the section have been written.</summary>
        public bool IsWritten { get; set; }
    }
}
