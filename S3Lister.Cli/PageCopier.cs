using System.Text;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>Copies pages in the API's own formats to standard output.</summary>
internal static class PageCopier
{
    /// <returns>Number of entries.</returns>
    public static async Task<long> CopyAsync(
        S3ListerClient client, ListObjectsQuery query, ObjectFormat format, int? limit, Terminal terminal, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        var count = 0L;
        var requests = 0L;
        var isFirst = true;
        CopiedPage page;
        do
        {
            body.SetLength(0);
            page = await client.CopyPageAsync(query, format, body, cancellationToken);
            Write(terminal, format == ObjectFormat.Csv && !isFirst ? Csv.WithoutHeader(body.GetBuffer().AsSpan(0, (int)body.Length)) : body.GetBuffer().AsSpan(0, (int)body.Length));
            isFirst = false;
            count += page.KeyCount;
            requests += page.S3Requests;
            query = query with
            {
                ContinuationToken = page.NextContinuationToken,
                MaxKeys = (int)Math.Min(query.MaxKeys!.Value, (limit ?? long.MaxValue) - count),
            };
        }
        while (page.NextContinuationToken is not null && query.MaxKeys > 0);

        terminal.Cost(requests, Quantity.Of(count, format == ObjectFormat.Csv ? "row" : "line"));
        return count;
    }

    private static void Write(Terminal terminal, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        terminal.Output.Write(terminal.IsTerminal ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(TerminalText.Escape)) : text);
    }
}
