using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace S3Lister.Local.EmbeddedS3.Upload;

/// <summary>
/// Takes aws-chunked encoding apart: chunks with their length in hexadecimal, perhaps a signature, then trailers.
/// Signatures of chunks are not checked.
/// </summary>
internal sealed class AwsChunkedReader(PipeReader body, CancellationToken cancellationToken)
{
    private const int MaxLineBytes = 4096;

    /// <summary>What followed the last chunk, by name.</summary>
    public Dictionary<string, string> Trailers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>False when the body ends too early or is not in this encoding.</returns>
    public async Task<bool> CopyToAsync(Payload payload)
    {
        while (true)
        {
            var line = await ReadLineAsync();
            if (line is null
                || !long.TryParse(
                    line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
                || size < 0)
            {
                return false;
            }

            if (size == 0)
            {
                return await ReadTrailersAsync();
            }

            if (!await CopyChunkAsync(payload, size) || await ReadLineAsync() is not "")
            {
                return false;
            }
        }
    }

    private async Task<bool> CopyChunkAsync(Payload payload, long size)
    {
        while (size > 0)
        {
            var read = await body.ReadAsync(cancellationToken);
            var data = read.Buffer.Slice(0, long.Min(size, read.Buffer.Length));
            payload.Append(data);
            size -= data.Length;
            body.AdvanceTo(data.End);
            if (size > 0 && read.IsCompleted)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> ReadTrailersAsync()
    {
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                return false;
            }

            Trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        // To the end, so that the connection can be used again.
        while (true)
        {
            var rest = await body.ReadAsync(cancellationToken);
            body.AdvanceTo(rest.Buffer.End);
            if (rest.IsCompleted)
            {
                return true;
            }
        }
    }

    /// <returns>A line without its end, or null where there is none.</returns>
    private async Task<string?> ReadLineAsync()
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end));
                body.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line.TrimEnd('\r');
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > MaxLineBytes)
            {
                return null;
            }
        }
    }
}
