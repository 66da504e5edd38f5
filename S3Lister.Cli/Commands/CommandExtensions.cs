using System.CommandLine;
using System.CommandLine.Parsing;

namespace S3Lister.Cli.Commands;

/// <summary>Checks of options that depend on each other or have bounds.</summary>
internal static class CommandExtensions
{
    /// <param name="check">Returns what is wrong; null if nothing is.</param>
    public static void AddCheck(this Command command, Func<CommandResult, string?> check) => command.Validators.Add(result =>
    {
        try
        {
            if (check(result) is { } problem)
            {
                result.AddError(problem);
            }
        }
        catch (InvalidOperationException)
        {
            // A value cannot be parsed, which the parser reports itself.
        }
    });
}
