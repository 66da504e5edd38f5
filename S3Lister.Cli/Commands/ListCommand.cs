using System.CommandLine;
using System.CommandLine.Parsing;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>ls</c>: the objects and folders directly under a prefix, or all objects.</summary>
internal static class ListCommand
{
    private static readonly Argument<string> Prefix = BucketPrefix.Argument();
    private static readonly Filters Filters = new();

    private static readonly Option<bool> Recursive = new("--recursive", "-r") { Description = "List all objects under the prefix, without folders." };

    private static readonly Option<bool> Long = new("--long", "-l") { Description = "Show seconds and the storage class. In a pipe: size, time, class and key, separated by tabs." };

    private static readonly Option<bool> One = new("--names", "-1") { Description = "Show keys only. This is the default in a pipe." };

    private static readonly Option<string> Sort = new Option<string>("--sort")
    {
        Description = "name is S3's order; size is largest first, and time newest first. These two read everything first.",
        HelpName = "name|size|time",
    }.AcceptOnlyFromAmong("name", "size", "time");

    private static readonly Option<int?> Limit = new("--limit") { Description = "Show at most this many entries.", HelpName = "N" };

    private static readonly Option<string> Format = new Option<string>("--format")
    {
        Description = "ndjson and csv are the API's formats.",
        HelpName = "table|names|ndjson|csv",
    }.AcceptOnlyFromAmong("table", "names", "ndjson", "csv");

    private static readonly Option<bool> Null = new("--null", "-0") { Description = "End each key with a NUL character instead of a line break, as for `xargs -0`." };

    private static readonly Option<bool> Require = new("--require") { Description = "Exit with 1 if nothing matches." };

    public static Command Create()
    {
        Command command = new("ls", "List objects and folders.") { Prefix, Recursive, Long, One, Sort, Limit, Format, Null, Require };
        Filters.AddTo(command);
        command.AddCheck(FindProblem);
        command.SetAction(RunAsync);
        return command;
    }

    private static string? FindProblem(CommandResult result) => result.GetValue(Format) switch
    {
        _ when result.GetValue(Limit) < 1 => "--limit is a whole number from 1.",
        not (null or "table") when result.GetValue(Long) => "-l is for --format table.",
        not (null or "names") when result.GetValue(One) => "-1 is --format names.",
        not (null or "names") when result.GetValue(Null) => "-0 is for --format names.",
        _ when result.GetValue(Long) && (result.GetValue(One) || result.GetValue(Null)) => "-l excludes -1 and -0.",
        "ndjson" or "csv" when result.GetValue(Sort) is "size" or "time" => "ndjson and csv are in S3's order: use them without --sort.",
        _ => null,
    };

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        var limit = options.GetValue(Limit);
        var query = Filters.Apply(options, new ListObjectsQuery
        {
            Prefix = await BucketPrefix.Parse(options.GetRequiredValue(Prefix)).ForAsync(session.Client, cancellationToken),
            Delimiter = options.GetValue(Recursive) ? null : "/",
            // On a terminal the first rows soon; in a pipe few requests.
            MaxKeys = Math.Min(options.GetValue(Sort) is "size" or "time" ? int.MaxValue : limit ?? int.MaxValue, terminal.IsTerminal ? 1000 : 10_000),
        });
        var count = options.GetValue(Format) is "ndjson" or "csv"
            ? await PageCopier.CopyAsync(
                session.Client, query, options.GetValue(Format) == "csv" ? ObjectFormat.Csv : ObjectFormat.Ndjson, limit, terminal, cancellationToken)
            : await WriteAsync(options, session, query, terminal, cancellationToken);
        if (count > 0)
        {
            return ExitCode.Success;
        }

        terminal.Note("Nothing matches.");
        return options.GetValue(Require) ? ExitCode.NothingMatched : ExitCode.Success;
    }

    /// <returns>Number of entries.</returns>
    private static async Task<long> WriteAsync(
        ParseResult options, Session session, ListObjectsQuery query, Terminal terminal, CancellationToken cancellationToken)
    {
        var isTable = options.GetValue(Format) switch
        {
            null => options.GetValue(Long) || (terminal.IsTerminal && !options.GetValue(One) && !options.GetValue(Null)),
            var format => format == "table",
        };
        var sort = options.GetValue(Sort);
        Listing listing = new(session.Client, query);
        if (query.Delimiter is not null && (sort == "size" || (isTable && terminal.IsTerminal)))
        {
            await listing.SumFoldersAsync(terminal, cancellationToken);
        }

        var entries = listing.ReadAsync(cancellationToken);
        entries = sort switch
        {
            "size" => entries.OrderByDescending(entry => entry.Size ?? -1),
            "time" => entries.OrderByDescending(entry => entry.Object?.LastModified ?? DateTimeOffset.MinValue),
            _ => entries,
        };
        EntryWriter table = new(terminal, options.GetValue(Long));
        var end = options.GetValue(Null) ? '\0' : '\n';
        var (objects, folders, bytes) = (0L, 0L, 0L);
        await foreach (var entry in entries.Take(options.GetValue(Limit) ?? int.MaxValue).WithCancellation(cancellationToken))
        {
            (objects, folders, bytes) = entry.Object is null ? (objects, folders + 1, bytes) : (objects + 1, folders, bytes + entry.Object.Size);
            if (isTable)
            {
                await table.WriteAsync(entry);
            }
            else
            {
                await terminal.Output.WriteAsync(terminal.Key(entry.Key));
                await terminal.Output.WriteAsync(end);
            }
        }

        await terminal.Output.FlushAsync(cancellationToken);
        terminal.Cost(listing.S3Requests, $"{Quantity.Of(objects, "object")}, {ByteSize.Format(bytes)}{(folders > 0 ? $", {Quantity.Of(folders, "folder")}" : "")}");
        return objects + folders;
    }
}
