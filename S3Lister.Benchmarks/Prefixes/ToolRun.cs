using System.Diagnostics;
using S3Lister.Benchmarks.Processes;
using S3Lister.Local;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Benchmarks.Prefixes;

/// <summary>Runs a program and measures it.</summary>
internal static class ToolRun
{
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(20);

    public static async Task<PrefixSum> RunAsync(Tool tool, string endpoint, string bucket, Certificates? certificates, CancellationToken cancellationToken)
    {
        var arguments = tool.Arguments(endpoint, bucket);
        ProcessStartInfo start = new(arguments[0], arguments.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        Adapt(start.Environment);
        if (certificates is not null)
        {
            start.Environment[tool.RootsVariable] = certificates.SystemBundle;
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var reading = Task.Run(() => tool.Read(Lines(process.StandardOutput)), cancellationToken);
        try
        {
            var memory = 0L;
            while (!reading.IsCompleted)
            {
                memory = long.Max(memory, FunctionProcess.PeakMemoryOf(process.Id));
                await Task.WhenAny(reading, Task.Delay(Sample, cancellationToken));
            }

            await process.WaitForExitAsync(cancellationToken);
            var time = Stopwatch.GetElapsedTime(started);
            if (process.ExitCode != 0)
            {
                throw new BenchmarkException($"{tool.Name} exited with code {process.ExitCode}: {await errors}");
            }

            var (objects, bytes) = await reading;
            return new PrefixSum(objects, bytes, time, memory);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // The user's environment, so that programs are found, but without AWS configuration and certificates.
    private static void Adapt(IDictionary<string, string?> environment)
    {
        environment.Remove("AWS_CA_BUNDLE");
        environment.Remove("AWS_PROFILE");
        environment["AWS_CONFIG_FILE"] = environment["AWS_SHARED_CREDENTIALS_FILE"] = environment["RCLONE_CONFIG"] = "/dev/null";
        environment["AWS_ACCESS_KEY_ID"] = LocalIdentities.User.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = LocalIdentities.User.SecretAccessKey;
        environment["AWS_REGION"] = environment["AWS_DEFAULT_REGION"] = MeasuredFunction.Region;
        environment["NO_PROXY"] = environment["no_proxy"] = "127.0.0.1";
    }

    private static IEnumerable<string> Lines(StreamReader output)
    {
        while (output.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
