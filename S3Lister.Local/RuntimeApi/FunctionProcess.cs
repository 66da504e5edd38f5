using System.Diagnostics;
using System.Globalization;

namespace S3Lister.Local.RuntimeApi;

/// <summary>The operating system's side of a running function: its output, its memory, its end.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    // A grandchild may keep the pipes open; what it writes later is lost.
    private static readonly TimeSpan OutputDrain = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Task _output;

    private FunctionProcess(Process process, Action<int, string> onLine)
    {
        _process = process;
        Id = process.Id;
        if (process.StartInfo.RedirectStandardInput)
        {
            process.StandardInput.Close();
        }

        _output = Task.WhenAll(
            ForwardAsync(process.StandardOutput, onLine), ForwardAsync(process.StandardError, onLine));
        Exited = ExitAsync();
    }

    public int Id { get; }

    /// <summary>Done when the process has ended and its output is read; the result says how it ended, in Lambda's words.</summary>
    public Task<string> Exited { get; }

    /// <summary>The highest resident set so far, in bytes; zero when it is not known.</summary>
    public long PeakMemory => PeakMemoryOf(Id);

    /// <summary>The same of any process.</summary>
    public static long PeakMemoryOf(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(
                line.AsSpan("VmHWM:".Length).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has just ended, or there is no /proc
        }
    }

    /// <summary>Starts a process directly, without the program that <see cref="ProcessSpawner"/> runs before it.</summary>
    /// <param name="start">With both output streams redirected.</param>
    /// <param name="onLine">Receives each line of output.</param>
    public static FunctionProcess Start(ProcessStartInfo start, Action<string> onLine) =>
        new(Process.Start(start)!, (_, line) => onLine(line));

    public static async Task<FunctionProcess> StartAsync(
        FunctionOptions options, IReadOnlyDictionary<string, string> environment)
    {
        var executable = Path.GetFullPath(options.Executable);
        var process = await ProcessSpawner.StartAsync(executable, environment, Path.GetDirectoryName(executable)!);
        return new FunctionProcess(process, (id, line) => options.Observer.OnOutput(options.Name, id, line));
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        _process.Dispose();
    }

    private async Task<string> ExitAsync()
    {
        await _process.WaitForExitAsync();
        await Task.WhenAny(_output, Task.Delay(OutputDrain));
        return _process.ExitCode switch
        {
            0 => "Runtime exited without providing a reason",
            128 + 6 => "Runtime exited with error: signal: aborted",
            128 + 9 => "Runtime exited with error: signal: killed",
            128 + 11 => "Runtime exited with error: signal: segmentation fault",
            var code => string.Create(CultureInfo.InvariantCulture, $"Runtime exited with error: exit status {code}"),
        };
    }

    private async Task ForwardAsync(StreamReader reader, Action<int, string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(Id, line);
        }
    }
}
