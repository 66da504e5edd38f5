using System.CommandLine;
using S3Lister.Cli.Output;

namespace S3Lister.Cli.Commands;

/// <summary><c>setup</c>: verifies the API with a signed request and saves its URL.</summary>
internal static class SetupCommand
{
    public static Command Create()
    {
        Command command = new("setup", "Verify the API and save its URL, with --region and --profile if they are given.");
        command.AddCheck(result => result.GetValue(GlobalOptions.Api) is null ? "setup needs --api URL: the output ApiUrl of the stack." : null);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, Session session, Terminal terminal, CancellationToken cancellationToken)
    {
        var access = await session.Client.GetAccessAsync(cancellationToken);
        new Settings(
            session.Api.GetLeftPart(UriPartial.Path).TrimEnd('/'), options.GetValue(GlobalOptions.Region), options.GetValue(GlobalOptions.Profile)).Save();
        terminal.Note($"{access.Principal} may list {access.Bucket}. Saved in {Settings.Path}.");
        return ExitCode.Success;
    }
}
