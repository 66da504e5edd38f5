using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text.Json;
using S3Lister.Cli.Lifecycle;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>rule</c>: what a lifecycle rule would move, cost and save.</summary>
internal static class RuleCommand
{
    private static readonly Argument<string> Prefix = BucketPrefix.Argument();

    private static readonly Option<int> Older = new("--older")
    {
        Description = "The age at which the rule moves objects, in days or weeks, such as 90d.",
        HelpName = "AGE",
        Required = true,
        CustomParser = result =>
        {
            if (Age.TryParseDays(result.Tokens[0].Value, out var days))
            {
                return days;
            }

            result.AddError("--older is a whole number of days or weeks, such as 90d or 12w.");
            return 0;
        },
    };

    private static readonly Option<string> To = new("--to") { Description = "The storage class, such as GLACIER_IR.", HelpName = "CLASS", Required = true };

    private static readonly Option<bool> Small = new("--small") { Description = "Also move objects under 128 KiB, except empty ones. By default, S3 does not." };

    private static readonly Option<string> Prices = new("--prices") { Description = "A price file of your own, for another region. docs/client.md has the format.", HelpName = "FILE" };

    private static readonly Option<string> Emit = new("--emit") { Description = "Write the rule for `aws s3api put-bucket-lifecycle-configuration`.", HelpName = "FILE" };

    public static Command Create()
    {
        To.CompletionSources.Add(_ => StoragePrices.Default.Classes.Where(price => price.TransitionPer1000 is not null).Select(price => new CompletionItem(price.Name)));
        Command command = new("rule", "Show what a lifecycle rule would move, cost and save.") { Prefix, Older, To, Small, Prices, Emit };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        var prices = options.GetValue(Prices) is { } path ? StoragePrices.Read(path) : StoragePrices.Default;
        var days = options.GetValue(Older);
        var target = FindTarget(prices, options.GetRequiredValue(To), days);
        var ages = Transition.Ages(prices, days);
        var now = TimeProvider.System.GetUtcNow();
        SummaryQuery query = new()
        {
            Prefix = await BucketPrefix.Parse(options.GetRequiredValue(Prefix)).ForAsync(session.Client, cancellationToken),
            Top = 0,
            ByCube = true,
            ModifiedEdges = [.. ages.Select(age => now.AddDays(-age))],
            // A rule with a size of its own names one that the objects must exceed.
            MinSize = options.GetValue(Small) ? 1 : null,
        };
        CheckPrefix(query.Prefix);
        var (summary, failure) = await Sums.ReadAsync(session.Client, query, terminal, cancellationToken);
        var transition = Transition.Estimate(prices, target, ages, summary.Cube!, summary.Edges!.Size, options.GetValue(Small));
        foreach (var (name, value, text) in Rows(prices, target, days, query.Prefix, transition))
        {
            await terminal.Output.WriteLineAsync(terminal.IsTerminal ? $"{name,-16}  {TerminalText.Escape(text ?? value)}" : $"{name}\t{value}");
        }

        await terminal.Output.FlushAsync(cancellationToken);
        Explain(target, transition, terminal);
        if (options.GetValue(Emit) is { } file && failure is null)
        {
            var configuration = LifecycleConfiguration.Of(query.Prefix, days, target.Name, options.GetValue(Small));
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(configuration, LifecycleJson.Default.LifecycleConfiguration) + "\n", cancellationToken);
            terminal.Note(
                $"To use the rule: aws s3api put-bucket-lifecycle-configuration --bucket {summary.Bucket} --lifecycle-configuration file://{file}");
            terminal.Note("This replaces all rules of the bucket. If it has some, add the rule to them.");
        }

        return Sums.End(summary, failure, terminal);
    }

    private static StoragePrice FindTarget(StoragePrices prices, string name, int days)
    {
        var target = prices.Find(name);
        if (target?.TransitionPer1000 is null)
        {
            var names = prices.Classes.Where(price => price.TransitionPer1000 is not null).Select(price => price.Name);
            throw new CommandException(ExitCode.Usage, $"--to is one of {string.Join(", ", names)}.");
        }

        return days >= target.MinimumAgeDays
            ? target
            : throw new CommandException(ExitCode.Usage, $"S3 moves objects to {name} {target.MinimumAgeDays} days after they were created or later: use --older {target.MinimumAgeDays}d.");
    }

    /// <summary>A rule is XML, which cannot have such characters.</summary>
    private static void CheckPrefix(string prefix)
    {
        if (prefix.Any(character => character is < ' ' and not '\t' or '\uFFFE' or '\uFFFF'))
        {
            throw new CommandException(ExitCode.Usage, "A lifecycle rule cannot have a prefix with control characters.");
        }
    }

    /// <summary>The value for a program, and the text for a person where that is another one.</summary>
    private static IEnumerable<(string Name, string Value, string? Text)> Rows(
        StoragePrices prices, StoragePrice target, int days, string prefix, Transition transition)
    {
        yield return ("rule", $"{target.Name} after {days} days", $"Move {(prefix.Length == 0 ? "all objects" : $"objects under {prefix}")} to {target.Name} after {days} days");
        yield return ("prices", $"{prices.Region} {Date(prices)}", $"{prices.Region}, {Date(prices)}");
        yield return Row("moved", transition.Moved);
        yield return Row("too small", transition.Small);
        yield return Row("too young", transition.Young);
        yield return Row("other class", transition.OtherClass);
        yield return Row("monthly before", transition.MonthlyBefore);
        yield return Row("monthly after", transition.MonthlyAfter);
        yield return Row("monthly saving", transition.MonthlySaving);
        yield return Row("one-time cost", transition.OneTime);
        yield return transition.PaybackMonths is { } months
            ? ("pays back after", Number(months, "0.0"), $"{Number(months, "#,0.0")} months")
            : ("pays back after", "never", null);
    }

    private static (string Name, string Value, string? Text) Row(string name, Sum sum) => (
        name, string.Create(CultureInfo.InvariantCulture, $"{sum.Objects}\t{sum.Bytes}"), $"{Quantity.Of(sum.Objects, "object")}, {ByteSize.Format(sum.Bytes)}");

    private static (string Name, string Value, string? Text) Row(string name, double amount) =>
        (name, Number(Transition.Round(amount), "0.00"), amount is > 0 and < 0.01 ? "less than $0.01" : Number(Transition.Round(amount), "$#,0.00;-$#,0.00"));

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static string Date(StoragePrices prices) => prices.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Explain(StoragePrice target, Transition transition, Terminal terminal)
    {
        if (transition.EarlyDeletion > 0)
        {
            terminal.Note(
                $"The one-time cost includes up to {Number(Transition.Round(transition.EarlyDeletion), "$#,0.00")} for objects that leave their class before its minimum storage duration.");
        }

        if (target.MinimumStorageDays > 0)
        {
            terminal.Note($"{target.Name} bills an object for at least {target.MinimumStorageDays} days, also if it is deleted earlier.");
        }

        if (target.MonitoringPer1000 > 0)
        {
            terminal.Note($"{target.Name} is counted as if nothing reads the objects. They reach this price after 90 days without access.");
        }

        terminal.Note("Not counted: noncurrent versions, incomplete multipart uploads, what reading the objects costs afterward, volume discounts, tax.");
    }
}
