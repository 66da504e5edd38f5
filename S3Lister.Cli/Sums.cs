using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>Reads a summary part by part, with progress. If a later part fails, what was summed so far is the result.</summary>
internal static class Sums
{
    /// <summary>LIST requests of a part on a terminal: a million objects, which a service sums in a few seconds.</summary>
    public const int RequestsOfPart = 1000;

    /// <returns>The sums, and why they are not whole; null if they are.</returns>
    public static async Task<(Summary Summary, Exception? Failure)> ReadAsync(
        S3ListerClient client, SummaryQuery query, Terminal terminal, CancellationToken cancellationToken)
    {
        // So that progress is seen: a service sums for half a minute in one part.
        query = terminal.IsErrorTerminal && !terminal.IsQuiet ? query with { MaxRequests = RequestsOfPart } : query;
        using Progress progress = new(terminal, TimeProvider.System);
        Summary? sums = null;
        try
        {
            await foreach (var soFar in client.SummarizePartsAsync(query, cancellationToken))
            {
                sums = soFar;
                progress.Report(sums.Scanned, $"{ByteSize.Format(sums.Bytes)} in {Quantity.Of(sums.S3Requests, "LIST request")}");
            }

            return (sums!, null);
        }
        catch (Exception exception) when (sums is not null && exception is (S3ListerException or HttpRequestException))
        {
            return (sums!, exception);
        }
    }

    /// <summary>Reports the cost, and a part as a part.</summary>
    /// <returns>The exit code.</returns>
    public static int End(Summary summary, Exception? failure, Terminal terminal)
    {
        terminal.Cost(summary.S3Requests, $"{Quantity.Of(summary.Objects, "object")}, {ByteSize.Format(summary.Bytes)}");
        if (failure is null)
        {
            return ExitCode.Success;
        }

        Terminal.Error($"This is a part: {Quantity.Of(summary.Scanned, "object")} read, then: {Failure.Describe(failure).Message}");
        return ExitCode.Partial;
    }
}
