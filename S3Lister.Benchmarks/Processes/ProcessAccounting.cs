using System.Globalization;
using System.Runtime.InteropServices;

namespace S3Lister.Benchmarks.Processes;

/// <summary>Reads the CPU times of another process from the Linux kernel.</summary>
internal static partial class ProcessAccounting
{
    private const int SchedulerClock = 2;

    /// <summary>
    /// The user and system CPU time of all threads, including ended ones, from the scheduler's clock in nanoseconds:
    /// <c>/proc/PID/stat</c> has the same value in steps of 10 ms.
    /// </summary>
    public static TimeSpan CpuTime(int processId)
    {
        // The id of the process's CPUCLOCK_SCHED clock, calculated as in clock_getcpuclockid(3).
        if (GetTime((~processId << 3) | SchedulerClock, out var time) != 0)
        {
            throw new BenchmarkException($"The CPU clock of process {processId} cannot be read.");
        }

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    /// <summary>The part of <see cref="CpuTime"/> in the kernel, in steps of 10 ms.</summary>
    public static TimeSpan SystemTime(int processId)
    {
        const int SystemTicks = 14;
        const double TicksPerSecond = 100;
        var stat = File.ReadAllText($"/proc/{processId}/stat");

        // Fields are counted after the name, which may contain any character.
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
