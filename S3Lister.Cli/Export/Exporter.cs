using System.IO.Compression;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Export;

/// <summary>Appends page after page to a file.</summary>
/// <param name="total">Number of objects at the end, if it is known.</param>
internal sealed class Exporter(S3ListerClient client, PartFile file, ObjectFormat format, bool isCompressed, Terminal terminal, long? total)
{
    /// <summary>A member without contents, which <see cref="GZipStream"/> does not write: an empty file is not valid.</summary>
    private static ReadOnlySpan<byte> EmptyMember => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = file.State.Objects;
        using Progress progress = new(terminal, TimeProvider.System);
        while (!file.State.IsComplete)
        {
            await AppendPageAsync(cancellationToken);
            progress.Report(
                file.State.Objects - before,
                $"{Quantity.Of(file.State.S3Requests, "LIST request")}, {ByteSize.Format(file.State.Length)} written",
                total - before);
        }

        file.Complete();
    }

    private async Task AppendPageAsync(CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        CopiedPage page;
        try
        {
            page = await client.CopyPageAsync(file.State.Next, format, body, cancellationToken);
        }
        catch (S3ListerException problem) when (problem.Code == "InvalidContinuationToken" && file.State.Next.ContinuationToken is not null)
        {
            // For example of a version of the service that was deployed in the meantime.
            terminal.Detail("The service refuses the token: continuing after the last key.");
            file.Save(file.State.WithoutToken());
            return;
        }

        Append(page, body);
    }

    private void Append(CopiedPage page, MemoryStream body)
    {
        ReadOnlySpan<byte> rows = body.GetBuffer().AsSpan(0, (int)body.Length);
        var lastKey = LastKey.Find(format == ObjectFormat.Csv ? Csv.WithoutHeader(rows) : rows, format);
        if (format == ObjectFormat.Csv && file.State.Length > 0)
        {
            rows = Csv.WithoutHeader(rows);
        }

        file.Append(isCompressed ? Compress(rows) : rows, length => file.State.After(page, length, lastKey));
    }

    /// <summary>One member for a page: RFC 1952 allows several, and their contents are one text.</summary>
    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> page)
    {
        if (page.Length == 0)
        {
            return EmptyMember;
        }

        using MemoryStream member = new();
        using (GZipStream gzip = new(member, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(page);
        }

        return member.GetBuffer().AsSpan(0, (int)member.Length);
    }
}
