using System.Runtime.CompilerServices;
using System.Text;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.Xml;

/// <summary>
/// Reads the elements of an XML document in memory, and decodes it in place: decoded text is never longer. It supports what
/// responses of S3-compatible stores use: elements, attributes (skipped), text, the five entities, character references,
/// CDATA, comments and processing instructions. A document type, which could define entities, is rejected.
/// </summary>
/// <remarks>
/// There is no stack: methods receive the name of the current element, to check its end tag. The caller must check that a
/// text is valid UTF-8.
/// </remarks>
internal ref struct XmlCursor(Span<byte> xml)
{
    private readonly Span<byte> _xml = xml;
    private int _position = xml.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>Whether the current element is written <c>&lt;Name/&gt;</c>.</summary>
    private bool _isEmpty;

    /// <summary>Reads the start tag of the root element.</summary>
    /// <exception cref="FormatException">The document is not XML, or its root has another name.</exception>
    public void ReadRoot(ReadOnlySpan<byte> name)
    {
        if (!MoveToElement() || !ReadStartTag().SequenceEqual(name))
        {
            throw new FormatException("The root element has another name.");
        }
    }

    /// <summary>Whether the root element has this name. The cursor cannot be used afterwards.</summary>
    public bool IsRoot(ReadOnlySpan<byte> name)
    {
        try
        {
            return MoveToElement() && ReadStartTag().SequenceEqual(name);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Reads from the end of the root element to the end of the document.</summary>
    /// <exception cref="FormatException">Anything but comments and processing instructions follows.</exception>
    public void ReadEnd()
    {
        if (MoveToElement())
        {
            throw new FormatException("An element follows the root element.");
        }
    }

    /// <summary>Reads the start tag of the next child, or the end tag of the parent.</summary>
    /// <param name="parent">The name of the current element.</param>
    /// <param name="name">The child's name, valid until the cursor moves.</param>
    /// <exception cref="FormatException">The document is not XML.</exception>
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
            _position += Find((byte)'<');
            if (IsEndTag())
            {
                ReadEndTag(parent);
                return false;
            }

            if (!SkipCommentOrInstruction())
            {
                name = ReadStartTag();
                return true;
            }
        }
    }

    /// <summary>Reads the text of the current element, and its end tag.</summary>
    /// <param name="name">The name of the current element.</param>
    /// <exception cref="FormatException">The document is not XML, or the element has children.</exception>
    public TextRange ReadText(ReadOnlySpan<byte> name)
    {
        var start = _position;
        if (_isEmpty)
        {
            _isEmpty = false;
            return new(start, 0);
        }

        var written = start;
        while (true)
        {
            var length = Find((byte)'<');
            written += CopyText(_position, XmlEntities.DecodeInPlace(_xml.Slice(_position, length)), written);
            _position += length;
            if (IsEndTag())
            {
                ReadEndTag(name);
                return new(start, written - start);
            }

            if (_xml[_position..].StartsWith("<![CDATA["u8))
            {
                _position += "<![CDATA["u8.Length;
                length = Find("]]>"u8);
                written += CopyText(_position, length, written);
                _position += length + "]]>"u8.Length;
            }
            else if (!SkipCommentOrInstruction())
            {
                throw _position + 1 == _xml.Length
                    ? new TruncatedXmlException()
                    : new FormatException("An element is where text should be.");
            }
        }
    }

    /// <summary>Reads a child with its text, if it is the next one and has neither attributes nor markup inside.</summary>
    /// <param name="start">Its start tag, such as <c>&lt;Key&gt;</c>.</param>
    /// <param name="end">Its end tag.</param>
    /// <param name="text">Its text.</param>
    /// <returns>False if anything else comes next. The cursor has not moved, so the other methods can read it.</returns>
    /// <remarks>S3 writes almost all children this way, and reading them takes a third of the time.</remarks>
    public bool TryReadText(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, out TextRange text)
    {
        text = default;
        var rest = _xml[_position..];
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

        text = new(_position + start.Length, XmlEntities.DecodeInPlace(rest[..length]));
        _position += start.Length + length + end.Length;
        return true;
    }

    /// <summary>Skips the current element with its content.</summary>
    /// <exception cref="FormatException">The document is not XML.</exception>
    public void Skip()
    {
        for (var depth = _isEmpty ? 0 : 1; depth > 0;)
        {
            _position += Find((byte)'<');
            if (IsEndTag())
            {
                _position += Find((byte)'>') + 1;
                depth--;
            }
            else if (_xml[_position..].StartsWith("<![CDATA["u8))
            {
                _position += Find("]]>"u8) + "]]>"u8.Length;
            }
            else if (!SkipCommentOrInstruction())
            {
                ReadStartTag();
                depth += _isEmpty ? 0 : 1;
            }
        }

        _isEmpty = false;
    }

    /// <summary>Moves to the next element outside the root; false at the end of the document.</summary>
    private bool MoveToElement()
    {
        _isEmpty = false;
        while (true)
        {
            var rest = _xml[_position..].TrimStart(" \t\r\n"u8);
            _position = _xml.Length - rest.Length;
            if (rest.IsEmpty)
            {
                return false;
            }

            if (rest[0] != '<')
            {
                throw new FormatException("There is text outside the root element.");
            }

            if (!SkipCommentOrInstruction())
            {
                return true;
            }
        }
    }

    /// <returns>The name without its namespace prefix.</returns>
    private ReadOnlySpan<byte> ReadStartTag()
    {
        var start = ++_position;
        for (; _position < _xml.Length && !IsEndOfName(_xml[_position]); _position++)
        {
            // A namespace prefix ends here.
            start = _xml[_position] == ':' ? _position + 1 : start;
        }

        if (_position == _xml.Length)
        {
            throw new TruncatedXmlException();
        }

        if (_position == start)
        {
            throw new FormatException("A tag has no name.");
        }

        var name = _xml[start.._position];
        if (_xml[_position] != '>')
        {
            SkipAttributes();
        }

        _isEmpty = _xml[_position - 1] == '/';
        _position++;
        return name;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsEndOfName(byte value) => value is (byte)'>' or (byte)'/' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private void SkipAttributes()
    {
        while (true)
        {
            var length = _xml[_position..].IndexOfAny("\"'<>"u8);
            if (length < 0)
            {
                throw new TruncatedXmlException();
            }

            if (_xml[_position + length] == '<')
            {
                throw new FormatException("A tag has no end.");
            }

            _position += length;
            if (_xml[_position] == '>')
            {
                return;
            }

            var quote = _xml[_position++];
            _position += Find(quote) + 1;
        }
    }

    private void ReadEndTag(ReadOnlySpan<byte> name)
    {
        _position += 2;
        var length = Find((byte)'>');
        ReadOnlySpan<byte> tag = _xml.Slice(_position, length);
        if (!tag.SequenceEqual(name) && !LocalName(tag.TrimEnd(" \t\r\n"u8)).SequenceEqual(name))
        {
            throw new FormatException("An end tag does not match its start tag.");
        }

        _position += length + 1;
    }

    /// <summary>Skips a comment or a processing instruction.</summary>
    /// <returns>False if something else comes next.</returns>
    private bool SkipCommentOrInstruction()
    {
        var markup = _xml[_position..];
        if (markup.StartsWith("<!--"u8))
        {
            _position += "<!--"u8.Length;
            _position += Find("-->"u8) + "-->"u8.Length;
            return true;
        }

        if (markup.StartsWith("<?"u8))
        {
            var length = Find("?>"u8);
            RequireUtf8(_xml.Slice(_position, length));
            _position += length + "?>"u8.Length;
            return true;
        }

        return !markup.StartsWith("<!"u8) ? false : throw new FormatException("The document has a declaration, which no listing of S3 has.");
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

    private readonly int CopyText(int from, int length, int to)
    {
        if (from != to)
        {
            _xml.Slice(from, length).CopyTo(_xml[to..]);
        }

        return length;
    }

    private readonly bool IsEndTag() => _position + 1 < _xml.Length && _xml[_position + 1] == '/';

    /// <returns>The distance to the next such byte.</returns>
    private readonly int Find(byte value) => RequireFound(_xml[_position..].IndexOf(value));

    private readonly int Find(ReadOnlySpan<byte> value) => RequireFound(_xml[_position..].IndexOf(value));

    private static int RequireFound(int index) => index >= 0 ? index : throw new TruncatedXmlException();
}

/// <summary>The document is incomplete: its end was most likely lost on the way.</summary>
internal sealed class TruncatedXmlException() : FormatException("The document is incomplete.");
