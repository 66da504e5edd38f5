using System.Xml;
using System.Xml.Linq;
using S3Lister.Local.EmbeddedS3.Upload;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>Reads the XML that a request carries.</summary>
internal static class RequestXml
{
    /// <summary>More than a thousand keys of 1024 characters take, each as a character reference.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    // S3 takes references to characters that XML 1.0 does not have: such keys can be deleted too.
    private static readonly XmlReaderSettings Settings =
        new() { CheckCharacters = false, DtdProcessing = DtdProcessing.Prohibit };

    public static async Task<(XElement? Root, S3Error? Error)> ReadAsync(HttpContext context, bool isOptional = false)
    {
        using var content = new MemoryStream();
        var (_, error) = await UploadReader.ReadAsync(context, content, MaxBytes);
        if (error is not null || (isOptional && content.Length == 0))
        {
            return (null, error);
        }

        content.Position = 0;
        try
        {
            using var reader = XmlReader.Create(content, Settings);
            return (XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root, null);
        }
        catch (XmlException)
        {
            return (null, S3Error.MalformedXml);
        }
    }

    /// <summary>The children of that name, whatever their namespace: S3 takes them with and without.</summary>
    public static IEnumerable<XElement> Children(this XElement parent, string name) =>
        parent.Elements().Where(element => element.Name.LocalName == name);

    /// <summary>The text of the first child of that name, or null.</summary>
    public static string? ChildText(this XElement parent, string name) => parent.Children(name).FirstOrDefault()?.Value;
}
