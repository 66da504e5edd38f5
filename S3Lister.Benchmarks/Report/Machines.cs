using System.Globalization;
using System.Runtime.InteropServices;
using S3Lister.Local;

namespace S3Lister.Benchmarks.Report;

internal static class Machines
{
    public static Machine This()
    {
        var root = Path.GetDirectoryName(BuildOutput.Template)!;
        var stamp = Path.Combine(root, "standins", "feed", ".stamp");
        return new(
            $"{Field("/proc/cpuinfo", "model name")}, {Field("/proc/cpuinfo", "cpu MHz").Split('.')[0]} MHz",
            Environment.ProcessorCount,
            $"{Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"')}, Linux {Environment.OSVersion.Version.ToString(3)}, "
            + string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB"),
            RuntimeInformation.FrameworkDescription,
            File.Exists(stamp) && File.ReadAllText(stamp).Trim() != "official" ? "stand-ins" : "official");
    }

    private static string Field(string file, string name, char separator = ':') =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim() ?? "";
}
