using System.Text;
using S3Lister.Listing.Text;
using ZstdSharp;

namespace S3Lister.Inventory.Parquet;

/// <summary>
/// Writes an inventory as a Parquet file: PLAIN columns, a dictionary for bucket and storage class, compressed with Zstandard
/// at level 1, one page for each column of a row group.
/// </summary>
/// <remarks>
/// Row groups are written in any order. The footer lists them in the order of their keys, which readers follow, so the rows of
/// a file are in the order of their keys.
/// </remarks>
/// <param name="append">Appends bytes to the file.</param>
/// <param name="bucket">The value of the first column.</param>
/// <param name="className">The name of a storage class by its number.</param>
/// <seealso href="https://parquet.apache.org/docs/file-format/"/>
internal sealed class ParquetWriter(Action<ReadOnlySpan<byte>> append, string bucket, Func<int, byte[]> className) : IDisposable
{
    private const int Plain = 0;
    private const int Rle = 3;
    private const int RleDictionary = 8;
    private const int Zstandard = 6;
    private const int DataPage = 0;
    private const int DictionaryPage = 2;

    /// <summary>In bits: enough for the number of any storage class.</summary>
    private const int DictionaryWidth = 8;

    private readonly Compressor _zstandard = new(level: 1);
    private readonly Utf8Buffer _page = new();
    private readonly Utf8Buffer _header = new();
    private readonly Utf8Buffer _compressed = new();
    private readonly List<RowGroup> _rowGroups = [];
    private long _position;

    public long Rows { get; private set; }

    public void WriteRowGroup(RowBuffer rows)
    {
        if (_position == 0)
        {
            Append("PAR1"u8);
        }

        RowGroup group = new(rows.Rows, rows.FirstKey, rows.LastKey.ToArray(), new Chunk[InventorySchema.Count]);
        group.Chunks[0] = WriteDictionary([Encoding.UTF8.GetBytes(bucket)], WriteRun(0, rows.Rows), rows.Rows);
        group.Chunks[1] = WritePlain(rows.Keys.Written, rows.Rows);
        group.Chunks[2] = WritePlain(rows.Sizes.Written, rows.Rows);
        group.Chunks[3] = WritePlain(rows.Times.Written, rows.Rows);
        group.Chunks[4] = WritePlain(rows.ETags.Written, rows.Rows);
        group.Chunks[5] = WriteClasses(rows.Classes.Written);
        _rowGroups.Add(group);
        Rows += rows.Rows;
    }

    /// <summary>Writes the footer, which ends the file.</summary>
    public void Close()
    {
        _header.Truncate(0);
        ThriftWriter thrift = new(_header);
        thrift.StartStruct();
        thrift.I32(1, 1);
        InventorySchema.Write(thrift, 2);
        thrift.I64(3, Rows);
        thrift.StructList(4, _rowGroups.Count);
        foreach (var group in _rowGroups.OrderBy(static group => group.FirstKey, KeyComparer.Instance))
        {
            Write(thrift, group);
        }

        thrift.Binary(6, "S3Lister"u8);
        thrift.StructList(7, InventorySchema.Count);
        for (var column = 0; column < InventorySchema.Count; column++)
        {
            thrift.StartStruct();
            thrift.EmptyStruct(1); // The order of the type.
            thrift.EndStruct();
        }

        thrift.EndStruct();
        ThriftWriter.WriteInt32(_header, _header.Length);
        _header.Append("PAR1"u8);
        Append(_header.Written);
    }

    public void Dispose()
    {
        _zstandard.Dispose();
        _page.Dispose();
        _header.Dispose();
        _compressed.Dispose();
    }

    private static void Write(ThriftWriter thrift, RowGroup group)
    {
        thrift.StartStruct();
        thrift.StructList(1, group.Chunks.Length);
        for (var column = 0; column < group.Chunks.Length; column++)
        {
            thrift.StartStruct();
            thrift.I64(2, group.Chunks[column].Offset);
            thrift.StartStruct(3);
            Write(thrift, column, group);
            thrift.EndStruct();
            thrift.EndStruct();
        }

        thrift.I64(2, group.Chunks.Sum(static chunk => chunk.Size));
        thrift.I64(3, group.Rows);
        thrift.StructList(4, 1);
        thrift.StartStruct(); // Sorted by key, ascending.
        thrift.I32(1, InventorySchema.Key);
        thrift.Boolean(2, false);
        thrift.Boolean(3, false);
        thrift.EndStruct();
        thrift.EndStruct();
    }

    private static void Write(ThriftWriter thrift, int column, RowGroup group)
    {
        var chunk = group.Chunks[column];
        thrift.I32(1, (int)InventorySchema.Type(column));
        if (chunk.HasDictionary)
        {
            thrift.I32List(2, Plain, Rle, RleDictionary);
        }
        else
        {
            thrift.I32List(2, Plain, Rle);
        }

        thrift.BinaryList(3, InventorySchema.Name(column));
        thrift.I32(4, Zstandard);
        thrift.I64(5, group.Rows);
        thrift.I64(6, chunk.Size);
        thrift.I64(7, chunk.CompressedSize);
        thrift.I64(9, chunk.DataOffset);
        if (chunk.HasDictionary)
        {
            thrift.I64(11, chunk.Offset);
        }

        if (column == InventorySchema.Key)
        {
            thrift.StartStruct(12);
            thrift.I64(3, 0);
            thrift.Binary(5, group.LastKey);
            thrift.Binary(6, group.FirstKey);
            thrift.EndStruct();
        }
    }

    private Chunk WritePlain(ReadOnlySpan<byte> values, int rows)
    {
        var offset = _position;
        var size = WritePage(DataPage, values, rows, Plain);
        return new(offset, offset, size, _position - offset);
    }

    private Chunk WriteClasses(ReadOnlySpan<byte> numbers)
    {
        List<byte[]> names = [];
        byte largest = 0;
        foreach (var number in numbers)
        {
            largest = Math.Max(largest, number);
        }

        for (var number = 0; number <= largest; number++)
        {
            names.Add(className(number));
        }

        _page.Truncate(0);
        _page.Append([DictionaryWidth]);
        for (var from = 0; from < numbers.Length;)
        {
            var rest = numbers[from..];
            var length = rest.IndexOfAnyExcept(rest[0]) is var end and >= 0 ? end : rest.Length;
            AppendRun(rest[0], length);
            from += length;
        }

        return WriteDictionary(names, _page.Written.ToArray(), numbers.Length);
    }

    private byte[] WriteRun(byte number, int length)
    {
        _page.Truncate(0);
        _page.Append([DictionaryWidth]);
        AppendRun(number, length);
        return _page.Written.ToArray();
    }

    /// <summary>A run of the hybrid of run lengths and bit packing.</summary>
    private void AppendRun(byte number, int length)
    {
        ThriftWriter.WriteVarInt(_page, (ulong)length << 1);
        _page.Append([number]);
    }

    private Chunk WriteDictionary(List<byte[]> names, byte[] numbers, int rows)
    {
        var offset = _position;
        _page.Truncate(0);
        foreach (var name in names)
        {
            ThriftWriter.WriteInt32(_page, name.Length);
            _page.Append(name);
        }

        var size = WritePage(DictionaryPage, _page.Written, names.Count, Plain);
        var dataOffset = _position;
        size += WritePage(DataPage, numbers, rows, RleDictionary);
        return new(offset, dataOffset, size, _position - offset);
    }

    /// <returns>The size before compression, with the header.</returns>
    private long WritePage(int type, ReadOnlySpan<byte> values, int count, int encoding)
    {
        _compressed.Truncate(0);
        var target = _compressed.GetSpan(Compressor.GetCompressBound(values.Length));
        _compressed.Advance(_zstandard.Wrap(values, target));

        _header.Truncate(0);
        ThriftWriter thrift = new(_header);
        thrift.StartStruct();
        thrift.I32(1, type);
        thrift.I32(2, values.Length);
        thrift.I32(3, _compressed.Length);
        thrift.StartStruct(type == DataPage ? 5 : 7);
        thrift.I32(1, count);
        thrift.I32(2, encoding);
        if (type == DataPage)
        {
            thrift.I32(3, Rle);
            thrift.I32(4, Rle);
        }

        thrift.EndStruct();
        thrift.EndStruct();
        Append(_header.Written);
        Append(_compressed.Written);
        return _header.Length + values.Length;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        append(bytes);
        _position += bytes.Length;
    }

    /// <param name="Offset">Of the first page.</param>
    /// <param name="DataOffset">Of the data page, after the page of the dictionary if there is one.</param>
    /// <param name="Size">Bytes before compression.</param>
    /// <param name="CompressedSize">Bytes in the file.</param>
    private sealed record Chunk(long Offset, long DataOffset, long Size, long CompressedSize)
    {
        public bool HasDictionary => DataOffset > Offset;
    }

    private sealed record RowGroup(int Rows, byte[] FirstKey, byte[] LastKey, Chunk[] Chunks);
}
