using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.Json;
using S3Lister.Cli.Output;
using S3Lister.Cli.Usage;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>du</c>: how much is under a prefix, by folder, age, storage class, size or ending.</summary>
internal static class UsageCommand
{
    public const int MaxDepth = 8;

    private static readonly Argument<string> Prefix = BucketPrefix.Argument();
    private static readonly Filters Filters = new();

    private static readonly Option<int?> Depth = new("--depth", "-d") { Description = "How many levels of folders, 1 to 8. Default: 1, or 8 for ncdu.", HelpName = "N" };

    private static readonly Option<double?> MinShare = new("--min-share")
    {
        Description = "Percent of the bytes that a folder must have. Smaller folders are summed together.",
        HelpName = "PCT",
    };

    private static readonly Option<string> By = new Option<string>("--by")
    {
        Description = "Sum by another property than the folder.",
        HelpName = string.Join('|', UsageBreakdown.Names),
    }.AcceptOnlyFromAmong([.. UsageBreakdown.Names]);

    private static readonly Option<int> Top = new("--top")
    {
        Description = "How many of the largest, newest and oldest objects the JSON format has, 0 to 1000.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<string> Format = new Option<string>("--format")
    {
        Description = "json has all sums, with the fields of GET /summary; ncdu is for `ncdu -f-`.",
        HelpName = "table|json|csv|ncdu",
        DefaultValueFactory = _ => "table",
    }.AcceptOnlyFromAmong("table", "json", "csv", "ncdu");

    public static Command Create()
    {
        Command command = new("du", "Sum objects and bytes, by folder, age, class, size or ending.") { Prefix, Depth, MinShare, By, Top, Format };
        Filters.AddTo(command);
        command.AddCheck(FindProblem);
        command.SetAction(RunAsync);
        return command;
    }

    private static string? FindProblem(CommandResult result) => result.GetValue(Format) switch
    {
        _ when result.GetValue(Top) is < 0 or > 1000 => "--top is a whole number from 0 to 1000.",
        _ when result.GetValue(Depth) is < 1 or > MaxDepth => "-d is a whole number from 1 to 8.",
        _ when result.GetValue(MinShare) is < 0 or > 100 => "--min-share is a number from 0 to 100.",
        "ncdu" when result.GetValue(By) is not null => "--format ncdu shows folders: use it without --by.",
        not "json" when result.GetValue(By) is not null && (result.GetValue(Depth) ?? result.GetValue(MinShare)) is not null => "--by excludes -d and --min-share, except with --format json.",
        "json" when result.GetValue(MinShare) is not null => "--format json has all folders: use it without --min-share.",
        _ => null,
    };

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        var (format, by) = (options.GetValue(Format), options.GetValue(By));
        var query = Filters.Apply(options, new SummaryQuery
        {
            Prefix = await BucketPrefix.Parse(options.GetRequiredValue(Prefix)).ForAsync(session.Client, cancellationToken),
            Delimiter = "/",
            Depth = options.GetValue(Depth) ?? format switch
            {
                "ncdu" => MaxDepth,
                "csv" when by is null => 1,
                _ => null,
            },
            Top = options.GetValue(Top),
        });
        query = by is null ? query : UsageBreakdown.Request(by, query, TimeProvider.System.GetUtcNow());
        var (summary, failure) = await Sums.ReadAsync(session.Client, query, terminal, cancellationToken);
        if (format == "json")
        {
            await terminal.Output.WriteLineAsync(JsonSerializer.Serialize(summary, CliJson.Default.Summary));
        }
        else if (by is not null)
        {
            var breakdown = UsageBreakdown.Of(by, summary);
            await (format == "csv" ? UsageCsv.WriteAsync(breakdown, terminal) : UsageTable.WriteAsync(breakdown, terminal));
        }
        else
        {
            // Here and not by the service, which would fold each part on its own.
            var tree = FolderTree.Of(summary).Fold(summary.Bytes * (options.GetValue(MinShare) ?? 0) / 100);
            await WriteAsync(format, summary, tree, terminal);
        }

        await terminal.Output.FlushAsync(cancellationToken);
        return Sums.End(summary, failure, terminal);
    }

    private static Task WriteAsync(string? format, Summary summary, FolderTree tree, Terminal terminal) => format switch
    {
        "csv" => UsageCsv.WriteAsync(tree, terminal),
        "ncdu" => terminal.Output.WriteLineAsync(Encoding.UTF8.GetString(NcduExport.Write(summary.Bucket, tree, TimeProvider.System.GetUtcNow()))),
        _ => UsageTable.WriteAsync(tree, summary.Complete, terminal),
    };
}
