using System.Runtime.CompilerServices;
using System.Text;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.Xml;

/// <summary>
/// Walks over the elements of an XML document in memory, which it decodes in place: what a text decodes to is never
/// longer than what it was written as. It knows of XML what answers of S3-compatible stores have: elements, attributes
/// (passed over), text, the five entities, character references, CDATA, comments and processing instructions. A document
/// type, which could define more, is refused.
/// </summary>
/// <remarks>
/// A method that takes the name of the element it is in does so to check the end tag: there is no stack. Bytes are not
/// checked to be UTF-8; who takes a text must do that.
/// </remarks>
internal ref struct XmlCursor(Span<byte> xml)
{
    private readonly Span<byte> _xml = xml;
    private int _at = xml.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>Whether the element whose start was read last is written <c>&lt;Name/&gt;</c>.</summary>
    private bool _isEmpty;

    /// <summary>Reads the start of the document's one element.</summary>
    /// <exception cref="FormatException">It is no XML, or the element is another.</exception>
    public void ReadRoot(ReadOnlySpan<byte> name)
    {
        if (!MoveToElement() || !ReadStart().SequenceEqual(name))
        {
            throw new FormatException("The document is of another kind.");
        }
    }

    /// <summary>Whether the document's one element has this name. The cursor is of no use afterwards.</summary>
    public bool IsRoot(ReadOnlySpan<byte> name)
    {
        try
        {
            return MoveToElement() && ReadStart().SequenceEqual(name);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Reads on from the end of the document's element to the end of the document.</summary>
    /// <exception cref="FormatException">There is more than comments.</exception>
    public void ReadEnd()
    {
        if (MoveToElement())
        {
            throw new FormatException("There is more after the document's end.");
        }
    }

    /// <summary>Reads the start of the next child, or the end of the element that it is in.</summary>
    /// <param name="parent">The name of the element that it is in.</param>
    /// <param name="name">The child's, to be used before the cursor moves on.</param>
    /// <exception cref="FormatException">It is no XML.</exception>
    public bool ReadChild(ReadOnlySpan<byte> parent, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (_isEmpty)
        {
            _isEmpty = false;
            return false;
        }

        while (true)
        {
            _at += Find((byte)'<');
            if (Peek(1) == '/')
            {
                ReadEndOf(parent);
                return false;
            }

            if (!PassOver())
            {
                name = ReadStart();
                return true;
            }
        }
    }

    /// <summary>Reads the text of the element whose start was read last, and its end.</summary>
    /// <param name="name">The element's.</param>
    /// <exception cref="FormatException">It is no XML, or there is an element in it.</exception>
    public TextRange ReadText(ReadOnlySpan<byte> name)
    {
        var start = _at;
        if (_isEmpty)
        {
            _isEmpty = false;
            return new(start, 0);
        }

        var written = start;
        while (true)
        {
            var length = Find((byte)'<');
            written += Move(_at, XmlEntities.DecodeInPlace(_xml.Slice(_at, length)), written);
            _at += length;
            if (Peek(1) == '/')
            {
                ReadEndOf(name);
                return new(start, written - start);
            }

            if (_xml[_at..].StartsWith("<![CDATA["u8))
            {
                _at += "<![CDATA["u8.Length;
                length = Find("]]>"u8);
                written += Move(_at, length, written);
                _at += length + "]]>"u8.Length;
            }
            else if (!PassOver())
            {
                throw _at + 1 == _xml.Length
                    ? new TruncatedXmlException()
                    : new FormatException("There is an element where text should be.");
            }
        }
    }

    /// <summary>Reads a child whole, where it comes next and is written without anything that need not be.</summary>
    /// <param name="start">Its start tag, such as <c>&lt;Key&gt;</c>.</param>
    /// <param name="end">Its end tag.</param>
    /// <param name="text">Its text.</param>
    /// <returns>False where it is not; the cursor stays and the other methods tell what there is.</returns>
    /// <remarks>What S3 writes is mostly so; to read it takes a third of the time.</remarks>
    public bool TryReadText(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, out TextRange text)
    {
        text = default;
        var rest = _xml[_at..];
        if (_isEmpty || !rest.StartsWith(start))
        {
            return false;
        }

        rest = rest[start.Length..];
        var length = rest.IndexOf((byte)'<');
        if (length < 0 || !rest[length..].StartsWith(end))
        {
            return false;
        }

        text = new(_at + start.Length, XmlEntities.DecodeInPlace(rest[..length]));
        _at += start.Length + length + end.Length;
        return true;
    }

    /// <summary>Passes over the element whose start was read last, with all that is in it.</summary>
    /// <exception cref="FormatException">It is no XML.</exception>
    public void Skip()
    {
        for (var depth = _isEmpty ? 0 : 1; depth > 0;)
        {
            _at += Find((byte)'<');
            if (Peek(1) == '/')
            {
                _at += Find((byte)'>') + 1;
                depth--;
            }
            else if (_xml[_at..].StartsWith("<![CDATA["u8))
            {
                _at += Find("]]>"u8) + "]]>"u8.Length;
            }
            else if (!PassOver())
            {
                ReadStart();
                depth += _isEmpty ? 0 : 1;
            }
        }

        _isEmpty = false;
    }

    /// <summary>Moves to the next element outside of any; false at the document's end.</summary>
    private bool MoveToElement()
    {
        if (_isEmpty)
        {
            _isEmpty = false;
        }

        while (true)
        {
            var rest = _xml[_at..].TrimStart(" \t\r\n"u8);
            _at = _xml.Length - rest.Length;
            if (rest.IsEmpty)
            {
                return false;
            }

            if (rest[0] != '<')
            {
                throw new FormatException("There is text outside of the document.");
            }

            if (!PassOver())
            {
                return true;
            }
        }
    }

    /// <returns>The name without its namespace's prefix.</returns>
    private ReadOnlySpan<byte> ReadStart()
    {
        var start = ++_at;
        for (; _at < _xml.Length && !IsEndOfName(_xml[_at]); _at++)
        {
            // What a namespace's prefix ends with.
            start = _xml[_at] == ':' ? _at + 1 : start;
        }

        if (_at == _xml.Length)
        {
            throw new TruncatedXmlException();
        }

        if (_at == start)
        {
            throw new FormatException("A tag has no name.");
        }

        var name = _xml[start.._at];
        if (_xml[_at] != '>')
        {
            PassOverAttributes();
        }

        _isEmpty = _xml[_at - 1] == '/';
        _at++;
        return name;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsEndOfName(byte value) => value is (byte)'>' or (byte)'/' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private void PassOverAttributes()
    {
        while (true)
        {
            var length = _xml[_at..].IndexOfAny("\"'<>"u8);
            if (length < 0)
            {
                throw new TruncatedXmlException();
            }

            if (_xml[_at + length] == '<')
            {
                throw new FormatException("A tag has no end.");
            }

            _at += length;
            if (_xml[_at] == '>')
            {
                return;
            }

            var quote = _xml[_at++];
            _at += Find(quote) + 1;
        }
    }

    private void ReadEndOf(ReadOnlySpan<byte> name)
    {
        _at += 2;
        var length = Find((byte)'>');
        ReadOnlySpan<byte> tag = _xml.Slice(_at, length);
        if (!tag.SequenceEqual(name) && !LocalName(tag.TrimEnd(" \t\r\n"u8)).SequenceEqual(name))
        {
            throw new FormatException("An element ends that had not begun.");
        }

        _at += length + 1;
    }

    /// <summary>Passes over a comment or a processing instruction.</summary>
    /// <returns>False where there is none.</returns>
    private bool PassOver()
    {
        var markup = _xml[_at..];
        if (markup.StartsWith("<!--"u8))
        {
            _at += "<!--"u8.Length;
            _at += Find("-->"u8) + "-->"u8.Length;
            return true;
        }

        if (markup.StartsWith("<?"u8))
        {
            var length = Find("?>"u8);
            RequireUtf8(_xml.Slice(_at, length));
            _at += length + "?>"u8.Length;
            return true;
        }

        return !markup.StartsWith("<!"u8) ? false : throw new FormatException("The document declares what a listing has no need of.");
    }

    private static void RequireUtf8(ReadOnlySpan<byte> declaration)
    {
        if (declaration.StartsWith("<?xml "u8) && declaration.IndexOf("encoding"u8) is var encoding and >= 0)
        {
            var value = declaration[(encoding + "encoding"u8.Length)..].Trim(" \t\r\n='\""u8);
            var end = value.IndexOfAny(" '\""u8);
            value = end < 0 ? value : value[..end];
            if (!Ascii.EqualsIgnoreCase(value, "UTF-8"u8) && !Ascii.EqualsIgnoreCase(value, "US-ASCII"u8))
            {
                throw new FormatException("The document is not in UTF-8.");
            }
        }
    }

    private static ReadOnlySpan<byte> LocalName(ReadOnlySpan<byte> name) => name[(name.LastIndexOf((byte)':') + 1)..];

    private readonly int Move(int from, int length, int to)
    {
        if (from != to)
        {
            _xml.Slice(from, length).CopyTo(_xml[to..]);
        }

        return length;
    }

    private readonly byte Peek(int ahead) => _at + ahead < _xml.Length ? _xml[_at + ahead] : (byte)0;

    private readonly int Find(byte value) => Found(_xml[_at..].IndexOf(value));

    private readonly int Find(ReadOnlySpan<byte> value) => Found(_xml[_at..].IndexOf(value));

    private static int Found(int index) => index >= 0 ? index : throw new TruncatedXmlException();
}

/// <summary>The document breaks off: its end got lost on the way, more likely than that it was never written.</summary>
internal sealed class TruncatedXmlException() : FormatException("The document breaks off.");
