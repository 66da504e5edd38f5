using System.CommandLine;
using System.CommandLine.Help;
using S3Lister.Cli.Commands;
using S3Lister.Cli.Output;

namespace S3Lister.Cli;

/// <summary>The command <c>s3lister</c>.</summary>
internal static class CommandLine
{
    // A prefix such as @logs/ is not the name of a response file.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = Create();
        var parsed = root.Parse(args, Parser);
        if (parsed.Errors is [var error, ..])
        {
            Terminal.Error(error.Message);
            await StandardStream.Error.WriteLineAsync($"Try `{Usage(parsed)} --help`.");
            return ExitCode.Usage;
        }

        await using var output = StandardStream.Output(bufferSize: 4096);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = StandardStream.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        });
    }

    public static RootCommand Create()
    {
        RootCommand root = new("Lists an S3 bucket through the S3Lister API, signed with your AWS credentials.");
        // Without the aliases /h, /? and -?: they could be prefixes.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Options.Add(new HelpOption("--help", "-h"));
        GlobalOptions.AddTo(root);
        foreach (var command in (Command[])
        [
            ListCommand.Create(), UsageCommand.Create(), TopCommand.Create(), ExportCommand.Create(), DifferenceCommand.Create(), RuleCommand.Create(),
            WhoAmICommand.Create(), DoctorCommand.Create(), SetupCommand.Create(), CompletionCommand.Create(),
        ])
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private static string Usage(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "s3lister" : $"s3lister {parsed.CommandResult.Command.Name}";
}
