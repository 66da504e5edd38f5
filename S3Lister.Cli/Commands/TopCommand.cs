using System.CommandLine;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>top</c>: the largest, newest or oldest objects under a prefix.</summary>
internal static class TopCommand
{
    private static readonly Argument<string> Prefix = BucketPrefix.Argument();
    private static readonly Option<bool> Largest = new("--largest") { Description = "The largest objects. This is the default." };
    private static readonly Option<bool> Newest = new("--newest") { Description = "The objects that were modified last." };
    private static readonly Option<bool> Oldest = new("--oldest") { Description = "The objects that have not been modified for the longest time." };

    private static readonly Option<int?> Count = new("-n", "--count") { Description = "How many, 1 to 1000. Default: 10.", HelpName = "N" };

    public static Command Create()
    {
        Command command = new("top", "Show the largest, newest or oldest objects.") { Prefix, Largest, Newest, Oldest, Count };
        command.AddCheck(result =>
            result.GetValue(Count) is < 1 or > 1000 ? "-n is a whole number from 1 to 1000."
            : ((Option<bool>[])[Largest, Newest, Oldest]).Count(option => result.GetValue(option)) > 1 ? "--largest, --newest and --oldest exclude each other."
            : null);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        SummaryQuery query = new()
        {
            Prefix = await BucketPrefix.Parse(options.GetRequiredValue(Prefix)).ForAsync(session.Client, cancellationToken),
            Top = options.GetValue(Count) ?? 10,
        };
        var (summary, failure) = await Sums.ReadAsync(session.Client, query, terminal, cancellationToken);
        var entries = options.GetValue(Newest) ? summary.Newest : options.GetValue(Oldest) ? summary.Oldest : summary.Largest;
        EntryWriter table = new(terminal, isLong: false);
        foreach (var entry in entries)
        {
            await table.WriteAsync(new(entry));
        }

        await terminal.Output.FlushAsync(cancellationToken);
        return Sums.End(summary, failure, terminal);
    }
}
