using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace S3Lister.Benchmarks.Commands;

/// <summary><c>micro</c>: the parts, by BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Command()
    {
        Command command = new("micro", "Measures the parser, the writers, the token and the glob; takes BenchmarkDotNet's own options.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed => Run(Job.Default, [.. parsed.UnmatchedTokens]));
        return command;
    }

    /// <summary>Each once.</summary>
    public static int Smoke() => Run(Job.Dry, ["--filter", "*"]);

    private static int Run(Job job, string[] args)
    {
        // In this process: a project that BenchmarkDotNet writes would be built by this repository's rules.
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
