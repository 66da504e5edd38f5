using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Upload;

/// <summary>What remains of an upload: its size and its hashes.</summary>
internal sealed record UploadDigest(long Size, ETag ETag, ChecksumAlgorithm Algorithm, string Checksum);

/// <summary>Reads the body of a request to its end, counts and hashes it, and checks it against the headers.</summary>
internal static class UploadReader
{
    /// <param name="context">The request.</param>
    /// <param name="copy">Takes the decoded body; null to let it go.</param>
    /// <param name="maxBytes">More is refused.</param>
    public static async Task<(UploadDigest? Digest, S3Error? Error)> ReadAsync(
        HttpContext context, Stream? copy = null, long maxBytes = 5L * 1024 * 1024 * 1024)
    {
        if (UploadHeaders.Parse(context.Request, out var error) is not { } headers)
        {
            return (null, error);
        }

        using var payload = new Payload(headers, copy, maxBytes);
        var promised = headers.Checksum;
        if (headers.IsAwsChunked)
        {
            var chunks = new AwsChunkedReader(context.Request.BodyReader, context.RequestAborted);
            if (!await chunks.CopyToAsync(payload))
            {
                return (null, S3Error.IncompleteBody);
            }

            promised ??= chunks.Trailers.GetValueOrDefault(headers.Algorithm.Header());
        }
        else
        {
            var body = context.Request.BodyReader;
            for (var more = true; more;)
            {
                var read = await body.ReadAsync(context.RequestAborted);
                payload.Append(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                more = !read.IsCompleted;
            }
        }

        return payload.Finish(promised);
    }
}
