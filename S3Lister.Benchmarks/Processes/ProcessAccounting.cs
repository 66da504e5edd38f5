using System.Globalization;
using System.Runtime.InteropServices;

namespace S3Lister.Benchmarks.Processes;

/// <summary>What the Linux kernel knows of another process.</summary>
internal static partial class ProcessAccounting
{
    private const int SchedulerClock = 2;

    /// <summary>
    /// CPU time of all threads, ended ones among them, user and system, in nanoseconds of the scheduler's clock:
    /// <c>/proc/PID/stat</c> has the same in steps of 10 ms.
    /// </summary>
    public static TimeSpan CpuTime(int processId)
    {
        // CPUCLOCK_SCHED of the process, as clock_getcpuclockid(3) makes it.
        if (GetTime((~processId << 3) | SchedulerClock, out var time) != 0)
        {
            throw new BenchmarkException($"The CPU clock of process {processId} cannot be read.");
        }

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    /// <summary>The part of <see cref="CpuTime"/> that was spent in the kernel, in steps of 10 ms.</summary>
    public static TimeSpan SystemTime(int processId)
    {
        const int SystemTicks = 14;
        const double TicksPerSecond = 100;
        var stat = File.ReadAllText($"/proc/{processId}/stat");

        // Fields are counted from behind the name, which may hold anything.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds(long.Parse(fields[SystemTicks - 2], CultureInfo.InvariantCulture) / TicksPerSecond);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
