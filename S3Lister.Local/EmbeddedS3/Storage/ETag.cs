using System.Buffers.Binary;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>An entity tag as S3 makes them: an MD5, and the number of parts for a multipart upload.</summary>
internal readonly record struct ETag(ulong High, ulong Low, ushort Parts)
{
    /// <summary>The most bytes that <see cref="Format"/> writes: the hash, a hyphen, five digits.</summary>
    public const int MaxLength = 32 + 1 + 5;

    public static ETag FromMd5(ReadOnlySpan<byte> md5, ushort parts = 0) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(md5), BinaryPrimitives.ReadUInt64BigEndian(md5[8..]), parts);

    public void CopyMd5To(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Writes the tag without its quotes and returns its length.</summary>
    public int Format(Span<byte> destination)
    {
        Span<byte> md5 = stackalloc byte[16];
        CopyMd5To(md5);
        _ = Convert.TryToHexStringLower(md5, destination, out var written);
        if (Parts > 0)
        {
            destination[written++] = (byte)'-';
            _ = Parts.TryFormat(destination[written..], out var digits, provider: null);
            written += digits;
        }

        return written;
    }

    /// <summary>The tag in its quotes, as the header has it.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return $"\"{System.Text.Encoding.ASCII.GetString(text[..Format(text)])}\"";
    }
}
