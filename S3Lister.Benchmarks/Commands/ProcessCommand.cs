using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using S3Lister.Benchmarks.Processes;
using S3Lister.Benchmarks.Report;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Benchmarks.Commands;

/// <summary><c>process</c>: measures complete processes of one or more functions, alternately and one at a time.</summary>
internal sealed class ProcessCommand
{
    private static readonly string[] Encodings = [FunctionMeasurement.Identity, "gzip", "br"];

    private readonly LoadS3 _s3 = new();

    private readonly Option<string> _function = new("--function")
    {
        Description = "The executable of the function (bootstrap). Default: the build output of the solution.",
        HelpName = "PATH",
    };

    private readonly Option<string> _functions = new("--functions")
    {
        Description = "A JSON file with several functions: [{\"name\":…,\"command\":[…],\"package\":…,\"assembly\":…}].",
        HelpName = "FILE",
    };

    private readonly Option<int> _rounds = Number("--rounds", "The number of rounds. Each round measures every function.", 5);
    private readonly Option<int> _starts = Number("--starts", "The number of processes that a round starts of each function.", 10);
    private readonly Option<int> _pages = Number("--pages", "The number of warm pages that a round measures.", 300);
    private readonly Option<int> _warmUp = Number("--warm-up", "The number of pages before those, which are not measured.", 200);

    private readonly Option<int[]> _memory = new("--memory")
    {
        Description = "Memory sizes of Lambda in MB. After its initialization, a started process has the share of a core of each. Default: all cores.",
        HelpName = "MB",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double[]> _latencies = new("--latencies")
    {
        Description = "Mean latencies of S3 for started processes, in milliseconds. Default: 0.",
        HelpName = "MS",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [0],
    };

    private readonly Option<bool> _noGarbage = new("--no-garbage") { Description = "Does not measure allocations." };

    private readonly Option<bool> _plain = new("--plain") { Description = "Does not measure compressed pages." };

    private readonly Option<string> _json = new("--json") { Description = "Writes the results to this file.", HelpName = "FILE" };

    public Command Command()
    {
        Command command = new("process", "Starts functions with a Lambda Runtime API and measures their processes from outside.")
        {
            _function, _functions, _rounds, _starts, _pages, _warmUp, _memory, _latencies, _noGarbage, _plain, _json,
        };
        _s3.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ProcessSettings settings = new(
                parsed.GetValue(_rounds), parsed.GetValue(_starts), parsed.GetValue(_pages), parsed.GetValue(_warmUp),
                parsed.GetValue(_s3.Keys), parsed.GetRequiredValue(_s3.Shape), parsed.GetValue(_s3.Certificates) is not null,
                parsed.GetValue(_s3.LatencySpread));
            var (server, keys, certificates) = await _s3.StartAsync(parsed, cancellationToken);
            await using (server)
            {
                using var share = parsed.GetValue(_memory) is { Length: > 0 } ? new CpuShare() : null;
                await using var function = await MeasuredFunction.StartAsync("GET /objects", server, LoadS3.Bucket, certificates);
                var events = Events(keys, parsed.GetValue(_plain));
                var functions = Functions(parsed);
                await Agreement.RequireAsync(functions, function, events[FunctionMeasurement.Identity], pages: 3);
                var measurements = functions.Select(spec => new FunctionMeasurement(spec, function, events, share)).ToList();
                await MeasureAsync(measurements, settings, Conditions(parsed), !parsed.GetValue(_noGarbage));
                await ReportAsync(measurements, settings, parsed.GetValue(_json));
            }

            return 0;
        });
        return command;
    }

    /// <summary>Measures everything once, in a few seconds.</summary>
    public static async Task SmokeAsync()
    {
        ProcessSettings settings = new(Rounds: 1, Starts: 1, Pages: 5, WarmUp: 2, Keys: 5000, Shape: "foldered", IsTls: true, LatencySpread: 0);
        var keys = KeyShapes.Create(settings.Shape, settings.Keys);
        var folder = Directory.CreateTempSubdirectory();
        var certificates = Certificates.Create(folder.FullName);
        await using var server = await LoadS3.StartAsync(keys, 0, certificates, CancellationToken.None);
        await using var function = await MeasuredFunction.StartAsync("GET /objects", server, LoadS3.Bucket, certificates);
        FunctionMeasurement measurement = new(FunctionSpec.Of(BuildOutput.Function), function, Events(keys, plain: false), share: null);
        await MeasureAsync([measurement], settings, [new(null, 0)], countGarbage: true);
        await ReportAsync([measurement], settings, json: null);
        folder.Delete(recursive: true);
    }

    private IReadOnlyList<StartCondition> Conditions(ParseResult parsed)
    {
        int?[] memory = parsed.GetValue(_memory) is { Length: > 0 } sizes ? [.. sizes] : [null];
        return [.. memory.SelectMany(size => parsed.GetRequiredValue(_latencies).Select(latency => new StartCondition(size, latency)))];
    }

    private static Dictionary<string, PageEvents> Events(KeySpace keys, bool plain) =>
        Encodings[..(plain ? 1 : Encodings.Length)].ToDictionary(
            encoding => encoding, encoding => new PageEvents(keys, encoding.Length == 0 ? null : encoding));

    private IReadOnlyList<FunctionSpec> Functions(ParseResult parsed)
    {
        if (parsed.GetValue(_functions) is { } file)
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), FunctionSpecJsonContext.Default.IReadOnlyListFunctionSpec)!;
        }

        var function = parsed.GetValue(_function) ?? BuildOutput.Function;
        return File.Exists(function)
            ? [FunctionSpec.Of(function)]
            : throw new BenchmarkException($"The executable {function} does not exist.");
    }

    private static async Task MeasureAsync(
        IReadOnlyList<FunctionMeasurement> measurements, ProcessSettings settings, IReadOnlyList<StartCondition> conditions, bool countGarbage)
    {
        // Warms up the measuring code itself before the first measurement.
        foreach (var measurement in measurements)
        {
            await measurement.Restart().WarmAsync(settings.WarmUp, settings.Pages);
        }

        for (var round = 1; round <= settings.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {settings.Rounds}");
            for (var start = 0; start < settings.Starts; start++)
            {
                foreach (var (condition, measurement) in conditions.SelectMany(condition => measurements.Select(measurement => (condition, measurement))))
                {
                    await measurement.StartAsync(condition);
                }
            }

            foreach (var measurement in measurements)
            {
                await measurement.WarmAsync(settings.WarmUp, settings.Pages);
            }
        }

        foreach (var measurement in countGarbage ? measurements : [])
        {
            await measurement.CountGarbageAsync(settings.WarmUp, settings.Pages);
        }
    }

    private static async Task ReportAsync(IReadOnlyList<FunctionMeasurement> measurements, ProcessSettings settings, string? json)
    {
        ProcessReport report = new(
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Machines.This(),
            settings,
            [.. measurements.Select(measurement => measurement.Figures())]);
        await Console.Out.WriteLineAsync(ProcessTable.Text(report));
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, ReportJsonContext.Default.ProcessReport));
        }
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
