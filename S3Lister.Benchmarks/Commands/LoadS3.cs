using System.CommandLine;
using System.Globalization;
using S3Lister.Benchmarks.Processes;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Benchmarks.Commands;

/// <summary>The embedded S3 with a synthetic bucket, and the command-line options that define the bucket.</summary>
internal sealed class LoadS3
{
    public const string Bucket = "synthetic-bucket";

    public Option<string> Shape { get; } = new("--shape")
    {
        Description = $"The shape of the keys: {string.Join(", ", KeyShapes.Names)}.",
        DefaultValueFactory = static _ => "foldered",
    };

    public Option<long> Keys { get; } = new("--keys")
    {
        Description = "The number of objects in the bucket.",
        DefaultValueFactory = static _ => 1_000_000,
    };

    public Option<double> Latency { get; } = new("--latency")
    {
        Description = "The mean time that S3 waits before it responds, in milliseconds.",
        HelpName = "MS",
    };

    public Option<double> LatencySpread { get; } = new("--latency-spread")
    {
        Description = "How far a request's latency may be from the mean, as a share of it, 0 to 1.",
        HelpName = "SHARE",
    };

    public Option<string> Certificates { get; } = new("--certificates")
    {
        Description = "Uses TLS with new certificates, and writes the roots that clients must trust to this folder. Default: plain HTTP.",
        HelpName = "FOLDER",
    };

    public Option<int> RequestsPerSecond { get; } = new("--requests-per-second")
    {
        Description = "The rate above which S3 responds with 503 SlowDown; 0 for no limit.",
        HelpName = "N",
    };

    public Option<double> ThrottledShare { get; } = new("--throttled-share")
    {
        Description = "The share of requests that always get 503 SlowDown, 0 to 1.",
        HelpName = "SHARE",
    };

    public Option<int> Port { get; } = new("--port")
    {
        Description = "The port on 127.0.0.1; 0 for any free port.",
        HelpName = "N",
    };

    public LoadS3() => Shape.AcceptOnlyFromAmong([.. KeyShapes.Names]);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Shape, Keys, Latency, LatencySpread, Certificates, RequestsPerSecond, ThrottledShare, Port])
        {
            command.Add(option);
        }
    }

    public async Task<LoadedS3> StartAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var keys = KeyShapes.Create(parsed.GetRequiredValue(Shape), parsed.GetRequiredValue(Keys));
        var certificates = parsed.GetValue(Certificates) is { } folder ? Processes.Certificates.Create(folder) : null;
        var server = await StartAsync(keys, parsed.GetValue(Port), certificates, cancellationToken);
        server.Weather.Latency = TimeSpan.FromMilliseconds(parsed.GetValue(Latency));
        server.Weather.LatencySpread = parsed.GetValue(LatencySpread);
        server.Weather.RequestsPerSecond = parsed.GetValue(RequestsPerSecond);
        server.Weather.ThrottledShare = parsed.GetValue(ThrottledShare);
        return new(server, keys, certificates);
    }

    public static Task<EmbeddedS3Server> StartAsync(KeySpace keys, int port, Certificates? certificates, CancellationToken cancellationToken) =>
        EmbeddedS3Server.StartAsync(
            new EmbeddedS3Options
            {
                Buckets = new Dictionary<string, IObjectStore> { [Bucket] = new SyntheticObjectStore(keys) },
                AccountId = LocalIdentities.AccountId,
                Region = MeasuredFunction.Region,
                Port = port,
                Tls = certificates?.Tls,
            },
            cancellationToken);

    /// <summary>Sends 500 requests, so that the server's code is compiled before a measurement.</summary>
    public static async Task WarmUpAsync(EmbeddedS3Server server)
    {
        const int Requests = 500;
        var latency = server.Weather.Latency;
        server.Weather.Latency = TimeSpan.Zero;
        using HttpClientHandler handler = new()
        {
            CheckCertificateRevocationList = true,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using HttpClient http = new(handler);
        for (var request = 0; request < Requests; request++)
        {
            using var response = await http.GetAsync(new Uri(server.Endpoint, $"{Bucket}?list-type=2&encoding-type=url"));
        }

        server.Weather.Latency = latency;
    }

    /// <summary><c>s3</c>: serves until it is stopped, and then prints the number of requests.</summary>
    public Command Command()
    {
        Command command = new("s3", "Starts an S3 with a bucket of any size for load tests: keys are computed and not stored.");
        AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (server, keys, _) = await StartAsync(parsed, cancellationToken);
            await using (server)
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{server.Endpoint.GetLeftPart(UriPartial.Authority)} {Bucket} {keys.Count} keys"));
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{server.Requests.Total} requests, {server.Requests.Throttled} of them throttled"));
                }
            }

            return 0;
        });
        return command;
    }
}

/// <param name="Certificates">Null for plain HTTP.</param>
internal sealed record LoadedS3(EmbeddedS3Server Server, KeySpace Keys, Certificates? Certificates);
