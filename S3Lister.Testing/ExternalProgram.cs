using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace S3Lister.Testing;

/// <summary>
/// A program beside the SDK that a test compares with. A test whose program is missing is skipped on a laptop and fails
/// in CI.
/// </summary>
internal sealed class ExternalProgram
{
    private readonly Lazy<bool> _isInstalled;

    /// <param name="name">The name on the PATH.</param>
    /// <param name="install">What to install, for a reader.</param>
    /// <param name="check">Arguments with which it exits with 0 if it is the right program, and has the right packages.</param>
    public ExternalProgram(string name, string install, params IReadOnlyList<string> check)
    {
        Name = name;
        Install = install;
        _isInstalled = new(() => Succeeds(name, check is [] ? ["--version"] : check));
    }

    public static ExternalProgram AwsCli { get; } = new("aws", "the AWS CLI, for example with `pip install awscli`");

    public static ExternalProgram Curl { get; } = new("curl", "curl 7.75 or later", "--aws-sigv4", "aws:amz", "--version");

    public static ExternalProgram Python { get; } = new("python3", "Python 3");

    public static ExternalProgram Shell { get; } = new("sh", "a POSIX shell", "-c", "exit 0");

    public static ExternalProgram Find { get; } = new("find", "GNU findutils");

    public static ExternalProgram Kill { get; } = new("kill", "procps");

    public static ExternalProgram MotoServer { get; } = new("moto_server", "moto, with `pip install 'moto[server]'`", "--help");

    public string Name { get; }

    public string Install { get; }

    public bool IsInstalled => _isInstalled.Value;

    private static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Python with packages.</summary>
    /// <param name="imports">The packages' names in an import statement.</param>
    /// <param name="install">What to install, for a reader.</param>
    public static ExternalProgram PythonWith(string imports, string install) => new("python3", $"Python 3 with {install}", "-c", $"import {imports}");

    /// <summary>Ends the test if something is missing: skipped, or failed in CI, where everything must be installed.</summary>
    public static void Require([DoesNotReturnIf(false)] bool isThere, string reason)
    {
        if (!isThere && IsCi)
        {
            Assert.Fail(reason);
        }

        Assert.SkipUnless(isThere, reason);
    }

    /// <summary>Ends the test if the program is missing.</summary>
    public void Require() => Require(IsInstalled, $"This test needs {Name} on the PATH: install {Install}.");

    public Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Require();
        return Start(Name, arguments, environment);
    }

    /// <summary>Runs it to the end of the test at most, in the test's own environment.</summary>
    public Task<ProgramResult> RunAsync(params IEnumerable<string> arguments) =>
        RunAsync(arguments, new Dictionary<string, string>(), TestContext.Current.CancellationToken);

    /// <summary>Runs it to its end, and kills it if the token is cancelled first.</summary>
    public async Task<ProgramResult> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken,
        string input = "")
    {
        using var process = Start(arguments, environment);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramResult(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static bool Succeeds(string name, IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Start(name, arguments, environment: null);
            process.StandardInput.Close();
            _ = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>How a program ended and what it wrote.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);
