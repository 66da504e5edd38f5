using System.Diagnostics;
using System.Text;
using S3Lister.Local;
using S3Lister.Local.SigV4;

namespace S3Lister.Cli.Tests;

/// <summary>
/// The command <c>s3lister</c> as a process, with a home folder of its own and no other settings. If the variable S3LISTER_CLI is
/// set, it is that executable, for example the native binary.
/// </summary>
internal sealed class Cli : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("s3lister-cli-");

    /// <param name="api">The URL of the API; null for none.</param>
    /// <param name="identity">Whose keys are in the environment; null for no keys.</param>
    public Cli(Uri? api, Identity? identity)
    {
        Set("HOME", _home.FullName);
        Set("XDG_CONFIG_HOME", Path("config"));
        Set("AWS_CONFIG_FILE", Path("aws-config"));
        Set("AWS_SHARED_CREDENTIALS_FILE", Path("aws-credentials"));
        Set("AWS_EC2_METADATA_DISABLED", "true");
        Set("AWS_REGION", "us-east-1");
        Set("S3LISTER_API", api?.GetLeftPart(UriPartial.Authority));
        Set("AWS_ACCESS_KEY_ID", identity?.AccessKeyId);
        Set("AWS_SECRET_ACCESS_KEY", identity?.SecretAccessKey);
        Set("AWS_SESSION_TOKEN", identity?.SessionToken);
        Set("TERM", "xterm-256color");
        Set("NO_PROXY", "127.0.0.1");
    }

    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("S3LISTER_CLI") is { Length: > 0 } native ? native
        : System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "s3lister.exe" : "s3lister");

    private Dictionary<string, string?> Variables { get; } = [];

    public static Cli Of(SampleApi sample) => new(sample.Api.Url, LocalIdentities.User);

    /// <summary>A file in the home folder.</summary>
    public string Path(string name) => System.IO.Path.Combine(_home.FullName, name);

    /// <param name="name">A variable of the environment.</param>
    /// <param name="value">Its value; null for none.</param>
    public void Set(string name, string? value) => Variables[name] = value;

    /// <summary>Runs it with its outputs as pipes.</summary>
    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var process = Start(Executable, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Runs it with standard output on a pseudo-terminal, and standard error in a file.</summary>
    public Task<ProgramResult> RunOnTerminalAsync(params string[] arguments) =>
        RunOnTerminalAsync($"{string.Join(' ', arguments.Prepend(Executable).Select(Quote))} 2> {Quote(Path("stderr"))}");

    /// <summary>Runs a command of the shell on a pseudo-terminal.</summary>
    public async Task<ProgramResult> RunOnTerminalAsync(string command)
    {
        Pty.Require();
        using var process = Start(Pty.Name, ["-qec", command, "/dev/null"]);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var error = File.Exists(Path("stderr")) ? await File.ReadAllTextAsync(Path("stderr"), TestContext.Current.CancellationToken) : "";
        // The line discipline turns a line break into two characters.
        return new(process.ExitCode, output.Replace("\r\n", "\n", StringComparison.Ordinal), error);
    }

    /// <summary>Starts it without waiting for its end. SIGINT has its default effect, also in the background of a shell.</summary>
    public Process Start(params string[] arguments) => Start("env", ["--default-signal=INT", Executable, .. arguments]);

    public void Dispose() => _home.Delete(recursive: true);

    private static ExternalProgram Pty { get; } = new("script", "util-linux", "--version");

    private Process Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = _home.FullName,
        };
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Quote(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
