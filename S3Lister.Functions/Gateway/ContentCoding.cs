using System.IO.Compression;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Gateway;

/// <summary>A content coding (RFC 9110, section 8.4).</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>The coding that was negotiated with the caller.</summary>
/// <param name="Coding">The coding to use.</param>
/// <param name="IsRequired">Whether the caller rejects the identity coding.</param>
internal readonly record struct AcceptedCoding(ContentCoding Coding, bool IsRequired)
{
    /// <summary>In bytes. Compression barely makes a smaller body smaller.</summary>
    private const int MinBodyLength = 1024;

    public bool AppliesTo(ReadOnlySpan<byte> body) =>
        Coding != ContentCoding.Identity && (IsRequired || body.Length > MinBodyLength);
}

internal static class ContentCodings
{
    public static string Name(this ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => "identity",
    };

    /// <summary>Appends the coded body in base64, which API Gateway requires for binary data.</summary>
    public static void AppendBase64(this Utf8Buffer envelope, ReadOnlySpan<byte> body, ContentCoding coding)
    {
        using Utf8Buffer coded = new((body.Length / 4) + 1024);
        using (var stream = Open(coding, coded.AsStream()))
        {
            stream.Write(body);
        }

        var target = envelope.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(coded.Length));
        System.Buffers.Text.Base64.EncodeToUtf8(coded.Written, target, out _, out var written);
        envelope.Advance(written);
    }

    /// <remarks>The fastest level, because a listing is repetitive: a higher level saves too little for the CPU time.</remarks>
    private static Stream Open(ContentCoding coding, Stream coded) => coding == ContentCoding.Brotli
        ? new BrotliStream(coded, CompressionLevel.Fastest)
        : new GZipStream(coded, CompressionLevel.Fastest);
}
