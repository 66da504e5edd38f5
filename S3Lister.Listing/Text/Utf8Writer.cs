using System.Globalization;

namespace S3Lister.Listing.Text;

/// <summary>Writes into a span, which must have room for everything.</summary>
internal ref struct Utf8Writer(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    public int Length { get; private set; }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_target[Length..]);
        Length += utf8.Length;
    }

    public void Write(long value)
    {
        value.TryFormat(_target[Length..], out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Writes an instant in RFC 3339.</summary>
    public void Write(DateTime instant) => Length += Rfc3339.Write(instant, _target[Length..]);

    /// <summary>Writes part of a JSON string, without quotes.</summary>
    public void WriteEscaped(ReadOnlySpan<byte> utf8) => Length += JsonText.Escape(utf8, _target[Length..]);
}
