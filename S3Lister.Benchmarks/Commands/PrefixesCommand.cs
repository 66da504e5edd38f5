using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using S3Lister.Benchmarks.Prefixes;
using S3Lister.Benchmarks.Processes;
using S3Lister.Benchmarks.Report;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Benchmarks.Commands;

/// <summary><c>prefixes</c>: measures how fast <c>GET /summary</c> and other programs sum a bucket.</summary>
internal sealed class PrefixesCommand
{
    private static readonly (string Name, RouteRun Run)[] Ours =
    [
        ("S3Lister GET /summary", RouteRun.Summary),
        ("S3Lister GET /summary, broken down", RouteRun.Breakdown),
        ("S3Lister GET /objects", RouteRun.Objects),
    ];

    private readonly LoadS3 _s3 = new();

    private readonly Option<string> _function = new("--function")
    {
        Description = "The executable of the functions; without it, only the other programs are measured.",
        HelpName = "PATH",
    };

    private readonly Option<string> _cpus = new("--function-cpus")
    {
        Description = "The cores that the function may use, as a list for taskset. A function with 1769 MB has one.",
        HelpName = "LIST",
        DefaultValueFactory = static _ => "0",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = $"Measures only some of: {string.Join(", ", Names)}. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "The number of rounds. Each round measures everything once.",
        HelpName = "N",
        DefaultValueFactory = static _ => 3,
    };

    private readonly Option<string> _json = new("--json") { Description = "Writes the results to this file.", HelpName = "FILE" };

    public PrefixesCommand() => _only.AcceptOnlyFromAmong([.. Names]);

    private static IEnumerable<string> Names => Ours.Select(way => way.Name).Concat(Tool.All.Select(tool => tool.Name));

    public Command Command()
    {
        Command command = new("prefixes", "Sums a whole bucket with the function and with other programs, and measures both.")
        {
            _function, _cpus, _only, _rounds, _json,
        };
        _s3.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (server, keys, certificates) = await _s3.StartAsync(parsed, cancellationToken);
        await using (server)
        {
            await LoadS3.WarmUpAsync(server);
            var ways = await OursAsync(parsed, server, certificates);
            ways.AddRange(Tools(parsed, server, certificates, cancellationToken));
            if (ways.Count == 0)
            {
                throw new BenchmarkException("There is nothing to measure: --only selects only routes of the function, and --function is missing.");
            }

            var figures = await MeasureAsync(ways, server, keys, parsed.GetValue(_rounds));
            PrefixSettings settings = new(
                parsed.GetValue(_rounds), keys.Count, parsed.GetRequiredValue(_s3.Shape), parsed.GetValue(_s3.Latency),
                parsed.GetValue(_s3.LatencySpread), certificates is not null, parsed.GetValue(_s3.RequestsPerSecond), parsed.GetRequiredValue(_cpus));
            await ReportAsync(settings, figures, parsed.GetValue(_json));
        }

        return 0;
    }

    /// <summary>Runs the routes of the function once, in a few seconds.</summary>
    public static Task<int> SmokeAsync(string function) => new PrefixesCommand().Command()
        .Parse(["--function", function, "--keys", "25000", "--rounds", "1", "--only", .. Ours.Select(way => way.Name)]).InvokeAsync();

    private static async Task ReportAsync(PrefixSettings settings, IReadOnlyList<PrefixFigures> figures, string? json)
    {
        PrefixReport report = new(
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Machines.This(), settings, (settings.Keys + 999) / 1000, figures);
        await Console.Out.WriteLineAsync(PrefixTable.Text(report));
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, PrefixJsonContext.Default.PrefixReport));
        }
    }

    private async Task<List<(string Name, Func<Task<PrefixSum>> Run)>> OursAsync(
        ParseResult parsed, EmbeddedS3Server server, Certificates? certificates)
    {
        List<(string Name, Func<Task<PrefixSum>> Run)> ways = [];
        if (parsed.GetValue(_function) is { } function)
        {
            var spec = FunctionSpec.Of(function);
            spec = spec with { Command = ["/usr/bin/taskset", "-c", parsed.GetRequiredValue(_cpus), .. spec.Command] };
            foreach (var (name, run) in Ours.Where(way => IsWanted(parsed, way.Name)))
            {
#pragma warning disable CA2000 // The server runs until this process ends.
                var measured = await MeasuredFunction.StartAsync(run.Route, server, LoadS3.Bucket, certificates);
#pragma warning restore CA2000
                ways.Add((name, () => run.RunAsync(spec, measured)));
            }
        }

        return ways;
    }

    private IEnumerable<(string Name, Func<Task<PrefixSum>> Run)> Tools(
        ParseResult parsed, EmbeddedS3Server server, Certificates? certificates, CancellationToken cancellationToken)
    {
        var endpoint = server.Endpoint.GetLeftPart(UriPartial.Authority);
        return Tool.All.Where(tool => IsWanted(parsed, tool.Name)).Select(tool =>
            (tool.Name, (Func<Task<PrefixSum>>)(() => ToolRun.RunAsync(tool, endpoint, LoadS3.Bucket, certificates, cancellationToken))));
    }

    private bool IsWanted(ParseResult parsed, string way) => parsed.GetValue(_only) is not { Length: > 0 } only || only.Contains(way);

    private static async Task<List<PrefixFigures>> MeasureAsync(
        List<(string Name, Func<Task<PrefixSum>> Run)> ways, EmbeddedS3Server server, KeySpace keys, int rounds)
    {
        var sums = ways.ToDictionary(way => way.Name, _ => new List<PrefixSum>());
        Dictionary<string, long> requests = [];
        long? bytes = null;
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var (name, run) in ways)
            {
                await Console.Error.WriteLineAsync($"Round {round} of {rounds}: {name}");
                server.Requests.Reset();
                var sum = await run();
                requests[name] = server.Requests.Total;
                sums[name].Add(sum);
                if (sum.Objects != keys.Count || (bytes ??= sum.Bytes) != (sum.Bytes ?? bytes))
                {
                    throw new BenchmarkException(string.Create(
                        CultureInfo.InvariantCulture, $"{name} finds {sum.Objects} objects of {sum.Bytes} bytes, not {keys.Count} of {bytes}."));
                }
            }
        }

        return [.. ways.Select(way => Figures(way.Name, sums[way.Name], requests[way.Name]))];
    }

    private static PrefixFigures Figures(string name, List<PrefixSum> sums, long requests) => new(
        name,
        Distribution.Of(sums.Select(sum => sum.Time.TotalMilliseconds)),
        sums.TrueForAll(sum => sum.Cpu is not null) ? Distribution.Of(sums.Select(sum => sum.Cpu!.Value.TotalMilliseconds)) : null,
        requests,
        sums.Max(sum => sum.PeakMemory),
        sums[0].Objects);
}
