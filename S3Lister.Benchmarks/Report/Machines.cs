using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Amazon.Lambda.Core;

namespace S3Lister.Benchmarks.Report;

internal static class Machines
{
    public static Machine This()
    {
        // Stand-ins have the official version with a fourth part.
        var version = typeof(ILambdaContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return new(
            $"{Field("/proc/cpuinfo", "model name")}, {Field("/proc/cpuinfo", "cpu MHz").Split('.')[0]} MHz",
            Environment.ProcessorCount,
            $"{Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"')}, Linux {Environment.OSVersion.Version.ToString(3)}, "
            + string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB"),
            RuntimeInformation.FrameworkDescription,
            version.Split('+')[0].Count(character => character == '.') > 2 ? "stand-ins" : "official");
    }

    private static string Field(string file, string name, char separator = ':') =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim() ?? "";
}
