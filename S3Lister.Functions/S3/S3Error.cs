using System.Text;

namespace S3Lister.Functions.S3;

/// <summary>S3's document <c>Error</c>. What is null it does not say, or it is no such document.</summary>
internal sealed record S3Error(string? Code, string? Message, string? RequestId)
{
    private static readonly S3Error Unknown = new(null, null, null);

    /// <summary>Whether the document is an error, whatever status it came with.</summary>
    public static bool IsError(AnswerBody body) => new XmlCursor(body.Bytes).IsRoot("Error"u8);

    /// <param name="body">The response, which is disposed of.</param>
    public static S3Error Read(AnswerBody body)
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

    private static S3Error Read(Span<byte> bytes)
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
