using System.Runtime.CompilerServices;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>The entries of all pages, in S3's order.</summary>
internal sealed class Listing(S3ListerClient client, ListObjectsQuery query)
{
    private static readonly TimeSpan SumTime = TimeSpan.FromSeconds(30);

    private Dictionary<string, long> _folders = [];
    private bool _isPartial;

    /// <summary>Number of LIST requests so far.</summary>
    public long S3Requests { get; private set; }

    /// <summary>Sums the folders, for half a minute at most. If that fails, the listing continues without sizes.</summary>
    public async Task SumFoldersAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var sums = Filters.Copy(query, new SummaryQuery { Prefix = query.Prefix, Delimiter = query.Delimiter, Top = 0, MaxRequests = Sums.RequestsOfPart });
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            using Progress progress = new(terminal, TimeProvider.System);
            await foreach (var soFar in client.SummarizePartsAsync(sums, cancellationToken))
            {
                S3Requests = soFar.S3Requests;
                _folders = soFar.Groups.ToDictionary(group => group.CommonPrefix, group => group.Bytes);
                _isPartial = !soFar.Complete;
                progress.Report(soFar.Scanned, $"{ByteSize.Format(soFar.Bytes)} in {Quantity.Of(soFar.S3Requests, "LIST request")}, summing folders");
                if (TimeProvider.System.GetElapsedTime(start) > SumTime)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is S3ListerException or HttpRequestException)
        {
            terminal.Note($"The sizes of folders are missing: {Failure.Describe(exception).Message}");
        }
    }

    public async IAsyncEnumerable<Entry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in client.ListPagesAsync(query, cancellationToken))
        {
            S3Requests += page.S3Requests;
            var folders = page.CommonPrefixes.Select(name => new Entry(name, _folders.TryGetValue(name, out var bytes) ? bytes : null, _isPartial, null));
            foreach (var entry in page.Contents.Select(listed => new Entry(listed)).Concat(folders).OrderBy(entry => entry.Key, KeyOrder.Instance))
            {
                yield return entry;
            }
        }
    }
}
