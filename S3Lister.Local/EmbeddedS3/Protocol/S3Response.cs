namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>What answers have in common, and how errors are written.</summary>
internal static class S3Response
{
    public static ReadOnlySpan<byte> Declaration => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8;

    public const string XmlContentType = "application/xml";

    public static Task WriteErrorAsync(HttpContext context, S3Error error, string requestId, string resource)
    {
        context.Response.StatusCode = error.Status;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        var body = new XmlBody("Error");
        body.Element("Code", error.Code);
        body.Element("Message", error.Message);
        foreach (var (name, value) in error.Details)
        {
            body.Element(name, value);
        }

        body.Element("Resource", resource);
        body.Element("RequestId", requestId);
        return body.WriteAsync(context);
    }
}
