using System.Text;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.Xml;

/// <summary>S3's document <c>Error</c>. What is null it does not say, or it is no such document.</summary>
internal sealed record ErrorDocument(string? Code, string? Message, string? RequestId)
{
    private static readonly ErrorDocument Unknown = new(null, null, null);

    /// <summary>Whether the document is an error, whatever status it came with.</summary>
    public static bool IsError(ResponseBuffer body) => new XmlCursor(body.Bytes).IsRoot("Error"u8);

    /// <param name="body">The response, which is disposed of.</param>
    public static ErrorDocument Read(ResponseBuffer body)
    {
        using (body)
        {
            try
            {
                return Read(body.Bytes);
            }
            catch (FormatException)
            {
                // A proxy's page, or nothing: the status says what there is to know.
                return Unknown;
            }
        }
    }

    private static ErrorDocument Read(Span<byte> bytes)
    {
        var error = Unknown;
        XmlCursor xml = new(bytes);
        xml.ReadRoot("Error"u8);
        while (xml.ReadChild("Error"u8, out var name))
        {
            if (name.SequenceEqual("Code"u8))
            {
                error = error with { Code = Text(bytes, xml.ReadText("Code"u8)) };
            }
            else if (name.SequenceEqual("Message"u8))
            {
                error = error with { Message = Text(bytes, xml.ReadText("Message"u8)) };
            }
            else if (name.SequenceEqual("RequestId"u8))
            {
                error = error with { RequestId = Text(bytes, xml.ReadText("RequestId"u8)) };
            }
            else
            {
                xml.Skip();
            }
        }

        return error;
    }

    private static string Text(ReadOnlySpan<byte> bytes, TextRange range) => Encoding.UTF8.GetString(range.In(bytes));
}
