using System.CommandLine;
using S3Lister.Cli.Export;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>export</c>: all objects under a prefix to a file. The same command continues where an interrupted one stopped.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Prefix = BucketPrefix.Argument();
    private static readonly Filters Filters = new();
    private static readonly Option<string> File = new("--output", "-o") { Description = "The file. It is FILE.part until it is whole.", HelpName = "FILE", Required = true };

    private static readonly Option<string> Format = new Option<string>("--format")
    {
        Description = "The API's formats.",
        HelpName = "ndjson|csv",
        DefaultValueFactory = _ => "ndjson",
    }.AcceptOnlyFromAmong("ndjson", "csv");

    private static readonly Option<bool> Gzip = new("--gzip") { Description = "Compress the file." };
    private static readonly Option<bool> Restart = new("--restart") { Description = "Start again instead of continuing with FILE.part." };
    private static readonly Option<bool> Count = new("--count") { Description = "Count the objects first, so that the progress has the remaining time." };

    public static Command Create()
    {
        Command command = new("export", "Write all objects to a file; the same command resumes.") { Prefix, File, Format, Gzip, Count, Restart };
        Filters.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = options.GetRequiredValue(File);
        var format = options.GetValue(Format) == "csv" ? ObjectFormat.Csv : ObjectFormat.Ndjson;
        var query = Filters.Apply(options, new ListObjectsQuery
        {
            Prefix = await BucketPrefix.Parse(options.GetRequiredValue(Prefix)).ForAsync(session.Client, cancellationToken),
            MaxKeys = 10_000,
        });
        ExportState start = new() { Command = Describe(options, session, query), Next = query };
        using var file = PartFile.Open(path, start, options.GetValue(Restart));
        if (file.State.Objects > 0)
        {
            terminal.Note($"Resuming after {Quantity.Of(file.State.Objects, "object")}.");
        }

        try
        {
            long? total = options.GetValue(Count) ? await CountAsync(session.Client, file.State.Next, terminal, cancellationToken) : null;
            await new Exporter(session.Client, file, format, options.GetValue(Gzip), terminal, total).RunAsync(cancellationToken);
        }
        catch
        {
            terminal.Note($"{path}.part has {Quantity.Of(file.State.Objects, "object")}. To continue, run the same command again.");
            throw;
        }

        terminal.Note($"{path}: {Quantity.Of(file.State.Objects, "object")}; {ListCost.Describe(file.State.S3Requests)}");
        return ExitCode.Success;
    }

    /// <summary>What decides about the contents of the file.</summary>
    private static string Describe(ParseResult options, Session session, ListObjectsQuery query) =>
        string.Join(' ', [session.Api.GetLeftPart(UriPartial.Path), $"'{query.Prefix}'", options.GetValue(Format), options.GetValue(Gzip) ? "--gzip" : "", .. Filters.Describe(options)]);

    private static async Task<long> CountAsync(S3ListerClient client, ListObjectsQuery query, Terminal terminal, CancellationToken cancellationToken)
    {
        var (summary, failure) = await Sums.ReadAsync(client, Filters.Copy(query, new SummaryQuery { Prefix = query.Prefix, Top = 0 }), terminal, cancellationToken);
        return failure is null ? summary.Objects : throw failure;
    }
}
