using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace S3Lister.Tests.Support;

/// <summary>
/// A moto_server of its own: AWS services in memory, S3 among them, written by others than S3Lister. It takes seconds
/// to start, so tests share it through <see cref="MotoServerTests"/> and call <see cref="ResetAsync"/>.
/// </summary>
public sealed class MotoServer : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new();
    private Process? _process;

    /// <summary>Where it listens, for all services.</summary>
    public Uri Endpoint { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        Endpoint = new Uri($"http://127.0.0.1:{port}/");
        _process = ExternalProgram.MotoServer.Start(
            ["-H", "127.0.0.1", "-p", $"{port}"], new Dictionary<string, string>());

        // Read, or it would stop at a full pipe.
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(StartLimit);
        while (!await IsReadyAsync(limit.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"moto_server ended with {_process.ExitCode} at its start.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    /// <summary>Forgets everything: all buckets, all services.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync(new Uri(Endpoint, "moto-api/reset"), null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(Endpoint, "moto-api/"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>The tests that share one moto_server and therefore run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MotoServerTests : ICollectionFixture<MotoServer>
{
    public const string Name = "moto_server";
}
