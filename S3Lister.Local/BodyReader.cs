using System.Buffers;

namespace S3Lister.Local;

/// <summary>Reads a whole request body, up to a limit.</summary>
internal static class BodyReader
{
    /// <summary>The body, or null when it is longer than <paramref name="maxBytes"/>; the rest is then left unread.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
