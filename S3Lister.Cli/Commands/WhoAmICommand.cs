using System.CommandLine;
using S3Lister.Cli.Output;

namespace S3Lister.Cli.Commands;

/// <summary><c>whoami</c>: who the API sees, and what that principal may list.</summary>
internal static class WhoAmICommand
{
    public static Command Create()
    {
        Command command = new("whoami", "Show who you are for the API, and what you may list.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        var access = await session.Client.GetAccessAsync(cancellationToken);
        await terminal.Output.WriteLineAsync($"principal\t{access.Principal}");
        await terminal.Output.WriteLineAsync($"api\t{session.Api.GetLeftPart(UriPartial.Path)}");
        await terminal.Output.WriteLineAsync($"bucket\t{access.Bucket}");
        await terminal.Output.WriteLineAsync($"region\t{access.Region}");
        await terminal.Output.WriteLineAsync($"version\t{access.Version}");
        foreach (var prefix in access.Prefixes)
        {
            await terminal.Output.WriteLineAsync($"prefix\t{terminal.Key(prefix)}");
        }

        if (access.Prefixes is [])
        {
            terminal.Note("No grant of the service covers you: you may list nothing.");
            return ExitCode.Refused;
        }

        return ExitCode.Success;
    }
}
