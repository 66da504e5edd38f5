using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>du</c>: how much is under a prefix, by folder.</summary>
internal static class UsageCommand
{
    private static readonly Argument<string> Prefix = BucketPrefix.Argument();
    private static readonly Filters Filters = new();

    private static readonly Option<int> Top = new("--top")
    {
        Description = "How many of the largest, newest and oldest objects the JSON format has, 0 to 1000.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<string> Format = new Option<string>("--format")
    {
        Description = "json has all sums, with the fields of GET /summary.",
        HelpName = "table|json",
        DefaultValueFactory = _ => "table",
    }.AcceptOnlyFromAmong("table", "json");

    public static Command Create()
    {
        Command command = new("du", "Sum objects and bytes, by folder.") { Prefix, Top, Format };
        Filters.AddTo(command);
        command.AddCheck(result => result.GetValue(Top) is < 0 or > 1000 ? "--top is a whole number from 0 to 1000." : null);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        var query = Filters.Apply(options, new SummaryQuery
        {
            Prefix = await BucketPrefix.Parse(options.GetRequiredValue(Prefix)).ForAsync(session.Client, cancellationToken),
            Delimiter = "/",
            Top = options.GetValue(Top),
        });
        var (summary, failure) = await Sums.ReadAsync(session.Client, query, terminal, cancellationToken);
        if (options.GetValue(Format) == "json")
        {
            await terminal.Output.WriteLineAsync(JsonSerializer.Serialize(summary, CliJson.Default.Summary));
        }
        else
        {
            await WriteTableAsync(query.Prefix, summary, terminal);
        }

        await terminal.Output.FlushAsync(cancellationToken);
        return Sums.End(summary, failure, terminal);
    }

    /// <summary>Folders, largest first, and the whole prefix at the end, in the order of du.</summary>
    private static async Task WriteTableAsync(string prefix, Summary summary, Terminal terminal)
    {
        var folders = summary.Groups.OrderByDescending(group => group.Bytes).Select(group => (group.Bytes, group.Objects, group.CommonPrefix));
        if (!terminal.IsTerminal)
        {
            foreach (var (bytes, objects, name) in folders.Append((summary.Bytes, summary.Objects, prefix)))
            {
                await terminal.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{bytes}\t{objects}\t{name}"));
            }

            return;
        }

        var rows = folders.Select(row => (row.Bytes, row.Objects, Name: TerminalText.Escape(row.CommonPrefix))).ToList();
        if (summary.GroupsTruncated)
        {
            rows.Add((summary.OtherGroups.Bytes, summary.OtherGroups.Objects, "(other folders)"));
        }

        if (summary.Ungrouped.Objects > 0)
        {
            rows.Add((summary.Ungrouped.Bytes, summary.Ungrouped.Objects, "(not in a folder)"));
        }

        var whole = prefix.Length == 0 ? "(the whole bucket)" : TerminalText.Escape(prefix);
        rows.Add((summary.Bytes, summary.Objects, summary.Complete ? whole : $"{whole} (a part)"));
        await terminal.Output.WriteLineAsync(terminal.Bold($"{"SIZE",9}  {"SHARE",7}  {"OBJECTS",13}  PREFIX"));
        foreach (var (bytes, objects, name) in rows)
        {
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{ByteSize.Format(bytes),9}  {Share(bytes, summary.Bytes),7}  {objects,13:#,0}  {name}"));
        }
    }

    private static string Share(long bytes, long all) =>
        all == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * bytes / all:0.0} %");
}
