using System.Buffers.Text;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.Xml;

/// <summary>
/// S3's <c>ListBucketResult</c> document, read in one pass over the response's bytes, which it owns. Only XML is decoded: keys
/// may still be encoded, and nothing is compared with the request.
/// </summary>
internal sealed class ListBucketResult : IDisposable
{
    private readonly Utf8Buffer _body;
    private ObjectRow[] _contents;
    private TextRange[] _commonPrefixes;
    private int _objects;
    private int _prefixes;

    private ListBucketResult(Utf8Buffer body, int maxEntries)
    {
        _body = body;
        _contents = Pool<ObjectRow>.Rent(maxEntries);
        _commonPrefixes = Pool<TextRange>.Rent(maxEntries);
    }

    public Span<byte> Text => _body.Written;

    /// <summary>Null where the document lacks it, as are the other fields.</summary>
    public TextRange? Name { get; private set; }

    public TextRange? Prefix { get; private set; }

    public TextRange? Delimiter { get; private set; }

    public TextRange? StartAfter { get; private set; }

    public TextRange? EncodingType { get; private set; }

    public TextRange? NextContinuationToken { get; private set; }

    public long? MaxKeys { get; private set; }

    public long? KeyCount { get; private set; }

    public bool? IsTruncated { get; private set; }

    public Span<ObjectRow> Contents => _contents.AsSpan(0, _objects);

    public Span<TextRange> CommonPrefixes => _commonPrefixes.AsSpan(0, _prefixes);

    /// <param name="body">The response. The result owns it; it is disposed of when this method throws.</param>
    /// <param name="maxEntries">The number of objects allowed, and of common prefixes.</param>
    /// <exception cref="FormatException">The response is not this document, or has more entries.</exception>
    public static ListBucketResult Read(Utf8Buffer body, int maxEntries)
    {
        ListBucketResult result = new(body, maxEntries);
        try
        {
            XmlCursor xml = new(body.Written);
            result.Read(ref xml, maxEntries);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Drops all objects after the first <paramref name="objects"/>.</summary>
    public void KeepFirstObjects(int objects) => _objects = objects;

    /// <summary>Drops all common prefixes after the first <paramref name="commonPrefixes"/>.</summary>
    public void KeepFirstCommonPrefixes(int commonPrefixes) => _prefixes = commonPrefixes;

    /// <summary>Drops the first common prefix.</summary>
    public void DropFirstCommonPrefix()
    {
        CommonPrefixes[1..].CopyTo(_commonPrefixes);
        _prefixes--;
    }

    public void Dispose()
    {
        _body.Dispose();
        if (_contents.Length > 0)
        {
            Pool<ObjectRow>.Return(_contents);
            Pool<TextRange>.Return(_commonPrefixes);
            (_contents, _commonPrefixes, _objects, _prefixes) = ([], [], 0, 0);
        }
    }

    private void Read(ref XmlCursor xml, int maxEntries)
    {
        xml.ReadRoot("ListBucketResult"u8);
        while (xml.ReadChild("ListBucketResult"u8, out var name))
        {
            if (name.SequenceEqual("Contents"u8))
            {
                RequireRoom(_objects, maxEntries);
                _contents[_objects++] = ReadObject(ref xml);
            }
            else if (name.SequenceEqual("CommonPrefixes"u8))
            {
                ReadCommonPrefixes(ref xml, maxEntries);
            }
            else
            {
                ReadField(ref xml, name);
            }
        }

        xml.ReadEnd();
    }

    private void ReadField(ref XmlCursor xml, ReadOnlySpan<byte> name)
    {
        switch (name)
        {
            case var _ when name.SequenceEqual("Name"u8):
                Name = xml.ReadText(name);
                break;
            case var _ when name.SequenceEqual("Prefix"u8):
                Prefix = xml.ReadText(name);
                break;
            case var _ when name.SequenceEqual("Delimiter"u8):
                Delimiter = xml.ReadText(name);
                break;
            case var _ when name.SequenceEqual("StartAfter"u8):
                StartAfter = xml.ReadText(name);
                break;
            case var _ when name.SequenceEqual("EncodingType"u8):
                EncodingType = xml.ReadText(name);
                break;
            case var _ when name.SequenceEqual("NextContinuationToken"u8):
                NextContinuationToken = xml.ReadText(name);
                break;
            case var _ when name.SequenceEqual("MaxKeys"u8):
                MaxKeys = ParseNumber(xml.ReadText(name));
                break;
            case var _ when name.SequenceEqual("KeyCount"u8):
                KeyCount = ParseNumber(xml.ReadText(name));
                break;
            case var _ when name.SequenceEqual("IsTruncated"u8):
                IsTruncated = ParseBoolean(xml.ReadText(name));
                break;
            default:
                xml.Skip();
                break;
        }
    }

    private ObjectRow ReadObject(ref XmlCursor xml)
    {
        var row = ReadInUsualOrder(ref xml);
        while (xml.ReadChild("Contents"u8, out var name))
        {
            switch (name)
            {
                case var _ when name.SequenceEqual("Key"u8):
                    row = row with { Key = xml.ReadText(name) };
                    break;
                case var _ when name.SequenceEqual("LastModified"u8):
                    row = row with { LastModified = Rfc3339.Parse(xml.ReadText(name).In(Text)) };
                    break;
                case var _ when name.SequenceEqual("ETag"u8):
                    row = row with { ETag = xml.ReadText(name) };
                    break;
                case var _ when name.SequenceEqual("Size"u8):
                    row = row with { Size = ParseNumber(xml.ReadText(name)) };
                    break;
                case var _ when name.SequenceEqual("StorageClass"u8):
                    row = row with { StorageClass = xml.ReadText(name) };
                    break;
                case var _ when name.SequenceEqual("ChecksumAlgorithm"u8):
                    row = row with { ChecksumAlgorithms = AppendName(row.ChecksumAlgorithms, xml.ReadText(name)) };
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        return row;
    }

    /// <summary>
    /// Reads the fields that are written as S3 writes them, and in its order. The caller reads the others.
    /// </summary>
    private ObjectRow ReadInUsualOrder(ref XmlCursor xml)
    {
        xml.TryReadText("<Key>"u8, "</Key>"u8, out var key);
        var modified = xml.TryReadText("<LastModified>"u8, "</LastModified>"u8, out var text) ? Rfc3339.Parse(text.In(Text)) : ObjectRow.Absent;
        xml.TryReadText("<ETag>"u8, "</ETag>"u8, out var etag);
        xml.TryReadText("<ChecksumAlgorithm>"u8, "</ChecksumAlgorithm>"u8, out var algorithm);
        xml.TryReadText("<ChecksumType>"u8, "</ChecksumType>"u8, out _);
        var size = xml.TryReadText("<Size>"u8, "</Size>"u8, out text) ? ParseNumber(text) : ObjectRow.Absent;
        xml.TryReadText("<StorageClass>"u8, "</StorageClass>"u8, out var storageClass);
        return new(key, size, modified, etag, storageClass, algorithm);
    }

    private void ReadCommonPrefixes(ref XmlCursor xml, int maxEntries)
    {
        while (xml.ReadChild("CommonPrefixes"u8, out var name))
        {
            if (name.SequenceEqual("Prefix"u8))
            {
                RequireRoom(_prefixes, maxEntries);
                _commonPrefixes[_prefixes++] = xml.ReadText(name);
            }
            else
            {
                xml.Skip();
            }
        }
    }

    /// <summary>Joins two names with a space, which overwrites the tags between them.</summary>
    private TextRange AppendName(TextRange names, TextRange name)
    {
        if (names.Length == 0)
        {
            return name;
        }

        var end = names.Start + names.Length;
        Text[end++] = (byte)' ';
        Text.Slice(name.Start, name.Length).CopyTo(Text[end..]);
        return new(names.Start, end + name.Length - names.Start);
    }

    private long ParseNumber(TextRange range)
    {
        var text = range.In(Text).Trim(" \t\r\n"u8);
        return Utf8Parser.TryParse(text, out long value, out var consumed) && consumed == text.Length
            ? value
            : throw new FormatException("A size or a count is not a number.");
    }

    private bool ParseBoolean(TextRange range) => range.In(Text).Trim(" \t\r\n"u8) switch
    {
        [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] => true,
        [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] => false,
        _ => throw new FormatException("IsTruncated is neither true nor false."),
    };

    private static void RequireRoom(int entries, int maxEntries)
    {
        if (entries == maxEntries)
        {
            throw new FormatException("It has more entries than requested.");
        }
    }
}
