using System.Buffers;
using System.Buffers.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>
/// Writes pieces of XML as UTF-8 into memory that is large enough: no encoding, no allocation, no check per element.
/// </summary>
internal ref struct XmlSpan(Span<byte> buffer)
{
    /// <summary>The most bytes that one byte of text becomes, in either form: <c>&amp;quot;</c>.</summary>
    public const int MaxExpansion = 6;

    // Bytes that are written unchanged, in each form. S3's form encoding does not encode slash and asterisk.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(EscapedBytes());

    private static readonly SearchValues<byte> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./*"u8);

    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    /// <summary>
    /// Text between tags. Control characters become character references, as S3 writes them, although XML 1.0
    /// allows most of them in no form: that is what encoding-type=url is for.
    /// </summary>
    public void Text(scoped ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(Escaped) is var index and >= 0)
        {
            Raw(text[..index]);
            Escape(text[index]);
            text = text[(index + 1)..];
        }

        Raw(text);
    }

    /// <summary>Text in the form of encoding-type=url, as S3 has it: a space is a plus sign.</summary>
    public void UrlEncoded(scoped ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAnyExcept(Unreserved) is var index and >= 0)
        {
            Raw(text[..index]);
            var value = text[index];
            if (value == (byte)' ')
            {
                _buffer[Length++] = (byte)'+';
            }
            else
            {
                _buffer[Length++] = (byte)'%';
                Hex(value);
            }

            text = text[(index + 1)..];
        }

        Raw(text);
    }

    public void Number(long value)
    {
        _ = value.TryFormat(_buffer[Length..], out var written, provider: null);
        Length += written;
    }

    /// <summary>Seconds since 1970 as S3 writes them, <c>2026-11-23T18:19:29.000Z</c>.</summary>
    public void Timestamp(long seconds)
    {
        const int UntilMilliseconds = 23;
        _ = Utf8Formatter.TryFormat(
            DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime, _buffer[Length..], out _, new StandardFormat('O'));
        Length += UntilMilliseconds;
        _buffer[Length++] = (byte)'Z';
    }

    public void ETag(in ETag tag)
    {
        Raw("&quot;"u8);
        Length += tag.Format(_buffer[Length..]);
        Raw("&quot;"u8);
    }

    private static byte[] EscapedBytes() =>
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value), .. "&<>\"'"u8.ToArray()];

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'&':
                Raw("&amp;"u8);
                break;
            case (byte)'<':
                Raw("&lt;"u8);
                break;
            case (byte)'>':
                Raw("&gt;"u8);
                break;
            case (byte)'"':
                Raw("&quot;"u8);
                break;
            case (byte)'\'':
                Raw("&apos;"u8);
                break;
            default:
                Raw("&#x"u8);
                _ = value.TryFormat(_buffer[Length..], out var digits, "x", provider: null);
                Length += digits;
                _buffer[Length++] = (byte)';';
                break;
        }
    }

    private void Hex(byte value)
    {
        _buffer[Length++] = "0123456789ABCDEF"u8[value >> 4];
        _buffer[Length++] = "0123456789ABCDEF"u8[value & 0xF];
    }
}
