using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>Writes XML responses and errors.</summary>
internal static class S3Response
{
    public const string XmlContentType = "application/xml";

    // Control characters become character references, as S3 writes them, although XML 1.0 does not allow most of them.
    private static readonly XmlWriterSettings Settings = new() { CheckCharacters = false, Encoding = new UTF8Encoding(false) };

    public static ReadOnlySpan<byte> Declaration => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8;

    public static Task WriteErrorAsync(HttpContext context, S3Error error, string requestId, string resource)
    {
        context.Response.StatusCode = error.Status;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : WriteAsync(context, new(
                "Error",
                new XElement("Code", error.Code),
                new XElement("Message", error.Message),
                error.Details.Select(detail => new XElement(detail.Name, detail.Value)),
                new XElement("Resource", resource),
                new XElement("RequestId", requestId)));
    }

    public static async Task WriteAsync(HttpContext context, XElement document)
    {
        using MemoryStream body = new();
        using (var writer = XmlWriter.Create(body, Settings))
        {
            document.Save(writer);
        }

        context.Response.ContentType = XmlContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
    }
}
