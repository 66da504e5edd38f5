using System.ComponentModel;
using System.Diagnostics;

namespace S3Lister.Testing;

/// <summary>A program that tests use and that must be on the PATH. A test without its program fails.</summary>
internal sealed record ExternalProgram(string Name, string Install)
{
    public static ExternalProgram AwsCli { get; } = new("aws", "the AWS CLI, for example with `pip install awscli`");

    public static ExternalProgram Curl { get; } = new("curl", "curl 7.75 or later");

    public static ExternalProgram Python { get; } = new("python3", "Python 3");

    public static ExternalProgram Shell { get; } = new("sh", "a POSIX shell");

    public static ExternalProgram Find { get; } = new("find", "findutils");

    public static ExternalProgram Kill { get; } = new("kill", "procps");

    public static ExternalProgram MotoServer { get; } = new("moto_server", "moto, with `pip install 'moto[server]'`");

    /// <exception cref="InvalidOperationException">It is not there; the message says what to install.</exception>
    public Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"This test needs {Name} on the PATH: install {Install}.", exception);
        }
    }

    /// <summary>Runs it to the end of the test at most, in the test's own environment.</summary>
    public Task<ProgramResult> RunAsync(params IEnumerable<string> arguments) =>
        RunAsync(arguments, new Dictionary<string, string>(), TestContext.Current.CancellationToken);

    /// <summary>Runs it to its end. A program that does not end with the token is killed.</summary>
    public async Task<ProgramResult> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        using var process = Start(arguments, environment);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>How a program ended and what it wrote.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);
