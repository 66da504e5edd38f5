using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using S3Lister.Cli.Output;
using S3Lister.Cli.Usage;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>diff</c>: what has changed between two results of <c>du --format json</c>, or between one and now.</summary>
internal static class DifferenceCommand
{
    private static readonly Argument<string> Old = new("OLD") { Description = "A file that `du --format json` has written." };

    private static readonly Argument<string> New = new("NEW")
    {
        Description = "A newer file. Default: the prefix as it is now.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int?> Depth = new("--depth", "-d") { Description = "How many levels of folders, 1 to 8. Default: those of OLD.", HelpName = "N" };

    private static readonly Filters Filters = new();

    public static Command Create()
    {
        Command command = new("diff", "Show what has changed since a result of du, or between two.") { Old, New, Depth };
        Filters.AddTo(command);
        command.AddCheck(result => result.GetValue(Depth) is < 1 or > UsageCommand.MaxDepth ? "-d is a whole number from 1 to 8."
            : result.GetValue(New) is not null && Filters.IsSet(result) ? "Filters are for the prefix as it is now: use them without NEW."
            : null);
        command.SetLocalAction(async (options, terminal, cancellationToken) =>
        {
            var before = await ReadAsync(options.GetRequiredValue(Old), cancellationToken);
            var (after, failure) = options.GetValue(New) is { } path
                ? (await ReadAsync(path, cancellationToken), null)
                : await SumAsync(options, before, terminal, cancellationToken);
            if ((before.Bucket, before.Prefix) != (after.Bucket, after.Prefix))
            {
                throw new CommandException(
                    ExitCode.Usage, $"They are not of the same prefix: s3://{before.Bucket}/{before.Prefix} and s3://{after.Bucket}/{after.Prefix}.");
            }

            await WriteAsync(FolderTree.Of(before), FolderTree.Of(after), options.GetValue(Depth) ?? UsageCommand.MaxDepth, terminal);
            return End(before, after, failure, terminal);
        });
        return command;
    }

    private static async Task<Summary> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var summary = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), CliJson.Default.Summary);
            return summary is { Prefix: not null, Groups: not null } ? summary : throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new CommandException(ExitCode.LocalFile, $"{path} is not a result of `s3lister du --format json`.", exception);
        }
    }

    private static async Task<(Summary Summary, Exception? Failure)> SumAsync(
        ParseResult options, Summary before, Terminal terminal, CancellationToken cancellationToken)
    {
        using var session = await Session.StartAsync(options, terminal, cancellationToken);
        var depth = options.GetValue(Depth) ?? (before.Tree is { } tree ? Math.Max(1, Levels(tree)) : null);
        SummaryQuery query = new() { Prefix = before.Prefix, Delimiter = "/", Depth = depth, Top = 0 };
        return await Sums.ReadAsync(session.Client, Filters.Apply(options, query), terminal, cancellationToken);
    }

    private static int Levels(IReadOnlyList<TreeNode> nodes) => nodes.Count == 0 ? 0 : 1 + nodes.Max(node => Levels(node.Children));

    private static async Task WriteAsync(FolderTree before, FolderTree after, int depth, Terminal terminal)
    {
        var rows = UsageDifference.Find(before.Cut(depth), after.Cut(depth));
        var whole = new UsageDifference(before.Name, IsRest: false, before.Sums, after.Sums);
        if (terminal.IsTerminal)
        {
            await terminal.Output.WriteLineAsync(terminal.Bold($"{"CHANGE",10}  {"SIZE",9}  {"OBJECTS",13}  PREFIX"));
        }

        foreach (var row in rows.Append(whole))
        {
            await terminal.Output.WriteLineAsync(terminal.IsTerminal ? Text(row, ReferenceEquals(row, whole)) : Fields(row));
        }

        await terminal.Output.FlushAsync();
    }

    private static string Fields(UsageDifference row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Bytes}\t{row.Objects}\t{row.Before.Bytes}\t{row.After.Bytes}\t{(row.IsRest ? "other" : "folder")}\t{row.Name}");

    private static string Text(UsageDifference row, bool isWhole)
    {
        var name = isWhole && row.Name.Length == 0 ? "(the whole bucket)" : TerminalText.Escape(row.Name);
        var size = row.Bytes == 0 ? "0 B" : (row.Bytes > 0 ? "+" : "-") + ByteSize.Format(Math.Abs(row.Bytes));
        var label = row.IsRest ? $"{name}(other folders)" : row.Before.Objects == 0 ? $"{name} (new)" : row.After.Objects == 0 ? $"{name} (gone)" : name;
        return string.Create(CultureInfo.InvariantCulture, $"{size,10}  {ByteSize.Format(row.After.Bytes),9}  {row.Objects,13:+#,0;-#,0;0}  {label}");
    }

    private static int End(Summary before, Summary after, Exception? failure, Terminal terminal)
    {
        if (failure is not null)
        {
            return Sums.End(after, failure, terminal);
        }

        if (before.Complete && after.Complete)
        {
            return ExitCode.Success;
        }

        Terminal.Error($"This is a part: the sums of {(before.Complete ? "NEW" : "OLD")} are not complete.");
        return ExitCode.Partial;
    }
}
