using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Soak;

// Usage: S3Lister.Soak FUNCTION [SECONDS] [CALLERS] [INSTANCES]. Exits with 0 if every page was right and no process grew.
const int Settling = 10; // Seconds, until connections, pools and the JIT have settled.
const double Growth = 1.1;
var function = Path.GetFullPath(args[0]);
var seconds = Number(1, 60);
var callers = Number(2, 200);
var instances = Number(3, 8);

await using var s3 = await EmbeddedS3Server.StartAsync(
    new EmbeddedS3Options { Buckets = new Dictionary<string, IObjectStore> { ["a-million-keys"] = Bucket.Create() } }, CancellationToken.None);
using var local = await LocalApi.StartAsync(function, instances, s3.Endpoint);
Figures figures = new();
using Api api = new(local.Url, figures);
ConcurrentQueue<string> errors = [];
List<Memory> samples = [];

var started = Stopwatch.GetTimestamp();
using CancellationTokenSource end = new(TimeSpan.FromSeconds(seconds));
var calling = Task.WhenAll(Enumerable.Range(0, callers).Select(seed => Task.Run(() => CallAsync(new Caller(api, seed)))));
using PeriodicTimer second = new(TimeSpan.FromSeconds(1));
while (!end.IsCancellationRequested && await second.WaitForNextTickAsync())
{
    samples.Add(local.Sample());
}

await calling;
Console.WriteLine(figures.Summary(Stopwatch.GetElapsedTime(started)));
Console.WriteLine($"{errors.Count} errors{string.Concat(errors.Take(10).Select(error => $"{Environment.NewLine}  {error}"))}");

var settled = samples[Math.Min(Settling, samples.Count / 2)..];
var processes = settled.SelectMany(sample => sample.Functions.Keys).Distinct().ToList();
Console.WriteLine($"{processes.Count} processes of the functions; resident memory after {Settling} s, and the means of four quarters:");
var grown = Report("gateway", sample => sample.Gateway);
grown |= Report("functions", sample => sample.Functions.Values.Sum());
grown |= Report("largest one", sample => sample.Functions.Values.Max());
return errors.IsEmpty && !grown && settled.TrueForAll(sample => sample.Functions.Count == processes.Count) ? 0 : 1;

int Number(int place, int otherwise) =>
    args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;

async Task CallAsync(Caller caller)
{
    while (!end.IsCancellationRequested)
    {
        try
        {
            await caller.RunAsync(end.Token);
        }
        catch (Exception exception) when (exception is WrongPageException or HttpRequestException or TaskCanceledException or IOException)
        {
            errors.Enqueue(exception.Message);
        }
    }
}

bool Report(string name, Func<Memory, int> kilobytes)
{
    var quarters = settled.Select(kilobytes).Chunk((settled.Count + 3) / 4).Select(quarter => quarter.Average() / 1024).ToArray();
    var last = kilobytes(settled[^1]) / 1024.0;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-12}{kilobytes(settled[0]) / 1024.0,8:F1} MB at first{string.Concat(quarters.Select(quarter => string.Create(CultureInfo.InvariantCulture, $"{quarter,8:F1}"))),32}{last,8:F1} MB at last"));
    return quarters[^1] > quarters[0] * Growth;
}
