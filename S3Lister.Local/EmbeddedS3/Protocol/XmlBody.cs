using System.Buffers;
using System.Text;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>An XML document with one level of elements, or as many as are opened and closed.</summary>
internal sealed class XmlBody
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Stack<string> _open = new();

    public XmlBody(string root, bool isResult = false)
    {
        _buffer.Write(S3Response.Declaration);
        Open(root, isResult ? " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"" : "");
    }

    public void Open(string name, string attributes = "")
    {
        Raw($"<{name}{attributes}>");
        _open.Push(name);
    }

    public void Close() => Raw($"</{_open.Pop()}>");

    public void Element(string name, string text) => Element(name, Encoding.UTF8.GetBytes(text));

    public void Element(string name, ReadOnlySpan<byte> text)
    {
        Open(name);
        Text(text);
        Close();
    }

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    /// <summary>Closes what is open and sends it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        while (_open.Count > 0)
        {
            Close();
        }

        context.Response.ContentType = S3Response.XmlContentType;
        context.Response.ContentLength = _buffer.WrittenCount;
        return context.Response.BodyWriter.WriteAsync(_buffer.WrittenMemory).AsTask();
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        var span = new XmlSpan(_buffer.GetSpan((text.Length * XmlSpan.MaxExpansion) + 1));
        span.Text(text);
        _buffer.Advance(span.Length);
    }

    private void Raw(string text) => Encoding.UTF8.GetBytes(text, _buffer);
}
