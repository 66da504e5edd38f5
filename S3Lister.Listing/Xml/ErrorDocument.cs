using System.Text;

namespace S3Lister.Listing.Xml;

/// <summary>S3's <c>Error</c> document. A field is null where the document lacks it or is not an error document.</summary>
internal sealed record ErrorDocument(string? Code, string? Message, string? RequestId)
{
    private static readonly ErrorDocument Unknown = new(null, null, null);

    /// <summary>Whether the document is an error, whatever the status of its response.</summary>
    public static bool IsError(Span<byte> document) => new XmlCursor(document).IsRoot("Error"u8);

    public static ErrorDocument Read(Span<byte> document)
    {
        try
        {
            return ReadFields(document);
        }
        catch (FormatException)
        {
            // A proxy's page, or an empty response: only the status is of use.
            return Unknown;
        }
    }

    private static ErrorDocument ReadFields(Span<byte> document)
    {
        var error = Unknown;
        XmlCursor xml = new(document);
        xml.ReadRoot("Error"u8);
        while (xml.ReadChild("Error"u8, out var name))
        {
            if (name.SequenceEqual("Code"u8))
            {
                error = error with { Code = ReadText(ref xml, name, document) };
            }
            else if (name.SequenceEqual("Message"u8))
            {
                error = error with { Message = ReadText(ref xml, name, document) };
            }
            else if (name.SequenceEqual("RequestId"u8))
            {
                error = error with { RequestId = ReadText(ref xml, name, document) };
            }
            else
            {
                xml.Skip();
            }
        }

        return error;
    }

    private static string ReadText(ref XmlCursor xml, ReadOnlySpan<byte> name, ReadOnlySpan<byte> document) =>
        Encoding.UTF8.GetString(xml.ReadText(name).In(document));
}
