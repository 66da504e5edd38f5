using System.Diagnostics;
using System.Globalization;

namespace S3Lister.Local.Tests;

/// <summary><c>dotnet run --project S3Lister.Local</c>, with the stand-in runtime as the function.</summary>
internal sealed class LocalProcess : IDisposable
{
    private readonly Process _process;

    private LocalProcess(Process process) => _process = process;

    public static string Template { get; } = Path.Combine(AppContext.BaseDirectory, "template.json");

    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--bucket", "any-bucket", "--endpoint", "http://127.0.0.1:9", "--function", StandInRuntime.Path,
        "--template", Template,
    ];

    private static IReadOnlyList<string> AnyPort { get; } = ["--port", "0"];

    public int FunctionProcessId { get; private set; }

    public string Curl { get; private set; } = "";

    /// <summary>What the banner says of the API: its URL, and why it is not the usual one.</summary>
    public string Api { get; private set; } = "";

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it, and reads what it prints until it is ready.</summary>
    public static async Task<LocalProcess> StartAsync(bool withPort = true)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "S3Lister.Local.dll");
        var local = new LocalProcess(Process.Start(new ProcessStartInfo(
            // Tests in a shell's background ignore SIGINT, and so would what they start.
            "env", ["--default-signal=INT", "dotnet", assembly, .. Arguments, .. withPort ? AnyPort : []])
        {
            RedirectStandardOutput = true,
        })!);
        while (local.Curl.Length == 0 || local.FunctionProcessId == 0)
        {
            var line = await local._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException("S3Lister.Local has ended.");
            if (line.StartsWith("  Subject | pid ", StringComparison.Ordinal))
            {
                local.FunctionProcessId = int.Parse(line.AsSpan("  Subject | pid ".Length), CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("  API      ", StringComparison.Ordinal))
            {
                local.Api = line["  API      ".Length..];
            }
            else if (line.StartsWith("  curl ", StringComparison.Ordinal))
            {
                local.Curl = line.Trim();
            }
        }

        return local;
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    public async Task EndAsync(string signal)
    {
        await ExternalProgram.Kill.RunAsync($"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
