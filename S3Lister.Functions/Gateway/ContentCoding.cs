using System.IO.Compression;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Gateway;

/// <summary>How a body is coded on its way.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>A coding that the caller accepts.</summary>
/// <param name="Coding">The one to use.</param>
/// <param name="IsRequired">Whether the caller does not accept the body as it is.</param>
internal readonly record struct AcceptedCoding(ContentCoding Coding, bool IsRequired)
{
    /// <summary>Below it the coded body is hardly smaller: bytes.</summary>
    private const int SmallestBody = 1024;

    public bool AppliesTo(ReadOnlySpan<byte> body) =>
        Coding != ContentCoding.Identity && (IsRequired || body.Length > SmallestBody);
}

internal static class ContentCodings
{
    public static string Name(this ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => "identity",
    };

    /// <summary>Writes the coded body in base64, as API Gateway expects what is not text.</summary>
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

    /// <remarks>The fastest level: a listing is repetitive, what more effort saves is not worth its time.</remarks>
    private static Stream Open(ContentCoding coding, Stream coded) => coding == ContentCoding.Brotli
        ? new BrotliStream(coded, CompressionLevel.Fastest)
        : new GZipStream(coded, CompressionLevel.Fastest);
}
