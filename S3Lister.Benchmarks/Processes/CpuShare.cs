using System.Globalization;

namespace S3Lister.Benchmarks.Processes;

/// <summary>
/// Limits a process to the share of a core that Lambda gives a memory size, with a cgroup of version 1 or 2. The process is
/// not limited until <see cref="Limit"/>: initialization on Lambda is not limited either, which is measured by many but not
/// documented.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">1,769 MB have one core</seealso>
internal sealed class CpuShare : IDisposable
{
    public const int FullCoreMegabytes = 1769;

    private const int PeriodMicroseconds = 20_000;
    private const string Version1 = "/sys/fs/cgroup/cpu";
    private const string Version2 = "/sys/fs/cgroup";

    private readonly string _group;
    private readonly bool _isVersion1;

    /// <exception cref="BenchmarkException">This machine or this user cannot limit a process.</exception>
    public CpuShare()
    {
        _isVersion1 = File.Exists(Path.Combine(Version1, "cpu.cfs_quota_us"));
        var parent = _isVersion1 ? Version1 : Version2;
        _group = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"s3lister-benchmarks-{Environment.ProcessId}"));
        try
        {
            if (!_isVersion1)
            {
                Write(Path.Combine(parent, "cgroup.subtree_control"), "+cpu");
            }

            Directory.CreateDirectory(_group);
            Limit(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"--memory needs a cgroup with a CPU quota: {exception.Message}");
        }
    }

    /// <summary>Moves a process to the group.</summary>
    public void Add(int processId) => Write("cgroup.procs", processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets the limit for all processes of the group; null for none.</summary>
    public void Limit(int? megabytes)
    {
        var quota = megabytes is { } memory ? (long)PeriodMicroseconds * memory / FullCoreMegabytes : (long?)null;
        if (_isVersion1)
        {
            Write("cpu.cfs_period_us", PeriodMicroseconds.ToString(CultureInfo.InvariantCulture));
            Write("cpu.cfs_quota_us", (quota ?? -1).ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Write("cpu.max", string.Create(CultureInfo.InvariantCulture, $"{quota?.ToString(CultureInfo.InvariantCulture) ?? "max"} {PeriodMicroseconds}"));
        }
    }

    /// <summary>Removes the group, whose processes must have ended.</summary>
    public void Dispose() => Directory.Delete(_group);

    private void Write(string file, string value) => File.WriteAllText(Path.Combine(_group, file), value);
}
