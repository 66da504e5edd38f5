using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace S3Lister.Benchmarks.Commands;

/// <summary><c>micro</c>: benchmarks of single components, with BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Command()
    {
        Command command = new("micro", "Measures the parser, the writers, the token and the glob; accepts the options of BenchmarkDotNet.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed => Run(Job.Default, [.. parsed.UnmatchedTokens]));
        return command;
    }

    /// <summary>Runs each benchmark once.</summary>
    public static int Smoke() => Run(Job.Dry, ["--filter", "*"]);

    private static int Run(Job job, string[] args)
    {
        // In this process, because the rules of this repository would apply to a project that BenchmarkDotNet generates.
        var config = ManualConfig.CreateEmpty()
            .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"))
            .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.JoinSummary);
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(args, config).ToList();
        return summaries.Count > 0 && summaries.TrueForAll(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
