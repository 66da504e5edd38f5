using System.Collections.Concurrent;
using System.Diagnostics;

namespace S3Lister.Local.RuntimeApi;

/// <summary>
/// Starts processes that die with this one, even when this one is killed. On Linux the kernel does it
/// (PR_SET_PDEATHSIG, set by setpriv of util-linux); elsewhere a runtime ends when its Runtime API is gone.
/// </summary>
/// <remarks>
/// The kernel sends that signal when the <em>thread</em> ends that started the process, so all are started by one
/// thread, which never ends: a thread of the pool would take its children with it when it retires.
/// </remarks>
internal static class ProcessSpawner
{
    private const string SetPriv = "/usr/bin/setpriv";

    private static readonly BlockingCollection<Action> Requests = [];

    static ProcessSpawner() =>
        new Thread(() =>
        {
            foreach (var request in Requests.GetConsumingEnumerable())
            {
                request();
            }
        })
        {
            IsBackground = true,
            Name = nameof(ProcessSpawner),
        }.Start();

    /// <summary>Throws what <see cref="Process.Start()"/> throws.</summary>
    public static Task<Process> StartAsync(
        string executable, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(Describe(executable, environment, workingDirectory))!);
            }
            catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    private static ProcessStartInfo Describe(
        string executable, IReadOnlyDictionary<string, string> environment, string workingDirectory)
    {
        List<string> command = executable.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? [Path.Combine(FunctionEnvironment.DotnetRoot, "dotnet"), executable]
            : [executable];
        if (OperatingSystem.IsLinux() && File.Exists(SetPriv))
        {
            command.InsertRange(0, [SetPriv, "--pdeathsig", "KILL", "--"]);
        }

        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
