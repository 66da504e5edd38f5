using System.Buffers.Text;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.Xml;

/// <summary>
/// S3's document of that name, as it says it: read in one pass over the answer's bytes, nothing checked against what was
/// asked, nothing decoded but XML. It owns the bytes.
/// </summary>
internal sealed class ListBucketResult : IDisposable
{
    private readonly ResponseBuffer _body;
    private ObjectRow[] _contents;
    private TextRange[] _commonPrefixes;
    private int _objects;
    private int _prefixes;

    private ListBucketResult(ResponseBuffer body, int entries)
    {
        _body = body;
        _contents = Pool<ObjectRow>.Rent(entries);
        _commonPrefixes = Pool<TextRange>.Rent(entries);
    }

    public Span<byte> Text => _body.Bytes;

    /// <summary>Null where it is not there; so for all that follow.</summary>
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

    /// <param name="body">The answer, which now belongs to what is returned, and is given back when it is refused.</param>
    /// <param name="entries">How many there may be of each kind.</param>
    /// <exception cref="FormatException">It is no such document, or has more entries.</exception>
    public static ListBucketResult Read(ResponseBuffer body, int entries)
    {
        ListBucketResult result = new(body, entries);
        try
        {
            XmlCursor xml = new(body.Bytes);
            result.Read(ref xml, entries);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the first <paramref name="objects"/> objects and drops the rest.</summary>
    public void Keep(int objects) => _objects = objects;

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

    private void Read(ref XmlCursor xml, int entries)
    {
        xml.ReadRoot("ListBucketResult"u8);
        while (xml.ReadChild("ListBucketResult"u8, out var name))
        {
            if (name.SequenceEqual("Contents"u8))
            {
                Require(_objects < entries);
                _contents[_objects++] = ReadObject(ref xml);
            }
            else if (name.SequenceEqual("CommonPrefixes"u8))
            {
                ReadCommonPrefixes(ref xml, entries);
            }
            else if (name.SequenceEqual("Name"u8))
            {
                Name = xml.ReadText(name);
            }
            else if (name.SequenceEqual("Prefix"u8))
            {
                Prefix = xml.ReadText(name);
            }
            else if (name.SequenceEqual("Delimiter"u8))
            {
                Delimiter = xml.ReadText(name);
            }
            else if (name.SequenceEqual("StartAfter"u8))
            {
                StartAfter = xml.ReadText(name);
            }
            else if (name.SequenceEqual("EncodingType"u8))
            {
                EncodingType = xml.ReadText(name);
            }
            else if (name.SequenceEqual("NextContinuationToken"u8))
            {
                NextContinuationToken = xml.ReadText(name);
            }
            else if (name.SequenceEqual("MaxKeys"u8))
            {
                MaxKeys = Number(xml.ReadText(name));
            }
            else if (name.SequenceEqual("KeyCount"u8))
            {
                KeyCount = Number(xml.ReadText(name));
            }
            else if (name.SequenceEqual("IsTruncated"u8))
            {
                IsTruncated = Flag(xml.ReadText(name));
            }
            else
            {
                xml.Skip();
            }
        }

        xml.ReadEnd();
    }

    private ObjectRow ReadObject(ref XmlCursor xml)
    {
        var row = ReadUsual(ref xml);
        while (xml.ReadChild("Contents"u8, out var name))
        {
            if (name.SequenceEqual("Key"u8))
            {
                row = row with { Key = xml.ReadText(name) };
            }
            else if (name.SequenceEqual("LastModified"u8))
            {
                row = row with { LastModified = Rfc3339.Parse(xml.ReadText(name).In(Text)) };
            }
            else if (name.SequenceEqual("ETag"u8))
            {
                row = row with { ETag = xml.ReadText(name) };
            }
            else if (name.SequenceEqual("Size"u8))
            {
                row = row with { Size = Number(xml.ReadText(name)) };
            }
            else if (name.SequenceEqual("StorageClass"u8))
            {
                row = row with { StorageClass = xml.ReadText(name) };
            }
            else if (name.SequenceEqual("ChecksumAlgorithm"u8))
            {
                row = row with { ChecksumAlgorithms = Join(row.ChecksumAlgorithms, xml.ReadText(name)) };
            }
            else
            {
                xml.Skip();
            }
        }

        return row;
    }

    /// <summary>The fields that come as S3 itself writes them, in its order; others are left for the one who reads on.</summary>
    private ObjectRow ReadUsual(ref XmlCursor xml)
    {
        xml.TryReadText("<Key>"u8, "</Key>"u8, out var key);
        var modified = xml.TryReadText("<LastModified>"u8, "</LastModified>"u8, out var text) ? Rfc3339.Parse(text.In(Text)) : ObjectRow.Absent;
        xml.TryReadText("<ETag>"u8, "</ETag>"u8, out var etag);
        xml.TryReadText("<ChecksumAlgorithm>"u8, "</ChecksumAlgorithm>"u8, out var algorithm);
        xml.TryReadText("<ChecksumType>"u8, "</ChecksumType>"u8, out _);
        var size = xml.TryReadText("<Size>"u8, "</Size>"u8, out text) ? Number(text) : ObjectRow.Absent;
        xml.TryReadText("<StorageClass>"u8, "</StorageClass>"u8, out var storageClass);
        return new(key, size, modified, etag, storageClass, algorithm);
    }

    private void ReadCommonPrefixes(ref XmlCursor xml, int entries)
    {
        while (xml.ReadChild("CommonPrefixes"u8, out var name))
        {
            if (name.SequenceEqual("Prefix"u8))
            {
                Require(_prefixes < entries);
                _commonPrefixes[_prefixes++] = xml.ReadText(name);
            }
            else
            {
                xml.Skip();
            }
        }
    }

    /// <summary>Between two elements there are tags, longer than the space that comes in their place.</summary>
    private TextRange Join(TextRange names, TextRange name)
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

    private long Number(TextRange range)
    {
        var text = range.In(Text).Trim(" \t\r\n"u8);
        return Utf8Parser.TryParse(text, out long value, out var consumed) && consumed == text.Length
            ? value
            : throw new FormatException("A size or a count is not a number.");
    }

    private bool Flag(TextRange range) => range.In(Text).Trim(" \t\r\n"u8) switch
    {
        [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] => true,
        [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] => false,
        _ => throw new FormatException("A flag is neither true nor false."),
    };

    private static void Require(bool fits)
    {
        if (!fits)
        {
            throw new FormatException("There are more entries than were asked for.");
        }
    }
}
