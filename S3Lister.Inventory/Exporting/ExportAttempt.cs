using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Parquet;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;

namespace S3Lister.Inventory.Exporting;

/// <summary>What one attempt makes of the objects that it lists: sums, and the rows of a file.</summary>
internal sealed class ExportAttempt : IDisposable
{
    private readonly KeyRanges _ranges;
    private readonly OpenSections _open;
    private readonly MultipartFile? _file;
    private readonly ParquetWriter? _writer;
    private readonly RangeRows? _rows;
    private readonly int[] _classes = new int[ListingLimits.MaxKeys];

    /// <param name="options">The settings.</param>
    /// <param name="item">The item.</param>
    /// <param name="ranges">The remaining ranges of the item, which the listing advances.</param>
    /// <param name="file">The file; null for sums alone.</param>
    /// <param name="maxRows">The number of rows with which a row group is written.</param>
    public ExportAttempt(InventoryOptions options, ExportEvent item, KeyRanges ranges, MultipartFile? file, int maxRows)
    {
        (_ranges, _file, _open) = (ranges, file, new(RangeSections.Decode(item.Ranges)));
        Tally = new(options.Prefix, item.Job.Input, ExportTally.MaxTreeBytes);
        if (file is not null)
        {
            _writer = new(file.Append, options.Bucket, number => Tally.Classes.Name(number).ToArray());
            _rows = new(_writer) { MaxRows = maxRows };
        }
    }

    public ExportTally Tally { get; }

    /// <inheritdoc cref="MultipartFile.IsOverloaded"/>
    public bool IsOverloaded => _file is { IsOverloaded: true };

    /// <summary>Adds the first objects of a page.</summary>
    public void Add(KeyRange range, S3Page page, int objects)
    {
        for (var i = 0; i < objects; i++)
        {
            _classes[i] = Tally.Add(page.Object(i));
        }

        _rows?.Add(range, page, objects, _classes);
        if (Tally.Tree is { NeedsFolding: true } tree)
        {
            tree.FoldListed(_open.With(_ranges.Remaining));
        }
    }

    /// <summary>Ends the file.</summary>
    /// <returns>Null without rows.</returns>
    public async Task<FileRecord?> CloseAsync()
    {
        _rows?.Close();
        if (_writer is not { Rows: > 0 })
        {
            return null;
        }

        _writer.Close();
        return await _file!.CloseAsync(_writer.Rows);
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _writer?.Dispose();
    }
}
