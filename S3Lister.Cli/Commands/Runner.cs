using System.CommandLine;
using S3Lister.Cli.Output;

namespace S3Lister.Cli.Commands;

/// <summary>Runs a command and turns its end into an exit code.</summary>
internal static class Runner
{
    /// <summary>EPIPE of Linux and macOS, and ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.</summary>
    private static readonly int[] ReaderIsGone = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    /// <summary>A command that needs the API.</summary>
    public static void SetAction(this Command command, Func<ParseResult, Session, Terminal, CancellationToken, Task<int>> run) =>
        command.SetLocalAction(async (options, terminal, cancellationToken) =>
        {
            using var session = await Session.StartAsync(options, terminal, cancellationToken);
            return await run(options, session, terminal, cancellationToken);
        });

    /// <summary>A command that finds the API itself, or needs none.</summary>
    public static void SetLocalAction(this Command command, Func<ParseResult, Terminal, CancellationToken, Task<int>> run) =>
        command.SetAction(async (options, cancellationToken) =>
        {
            try
            {
                await using Terminal terminal = new(options);
                var exitCode = await run(options, terminal, cancellationToken);
                await terminal.Output.FlushAsync(cancellationToken);
                return exitCode;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (IOException exception) when (ReaderIsGone.Contains(exception.HResult))
            {
                // The reader has what it wants, such as `head`.
                return ExitCode.Success;
            }
#pragma warning disable CA1031 // The last place: every failure is one line and an exit code.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var (exitCode, message) = Failure.Describe(exception);
                Terminal.Error(message);
                return exitCode;
            }
        });
}
