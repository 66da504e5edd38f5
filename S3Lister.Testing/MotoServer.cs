using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace S3Lister.Testing;

/// <summary>
/// A moto_server process: AWS services in memory, S3 among them, independent of S3Lister. It takes seconds
/// to start, so tests share it through <see cref="MotoServerTests"/> and call <see cref="ResetAsync"/>.
/// </summary>
public sealed partial class MotoServer : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private Process? _process;

    /// <summary>Where it listens, for all services.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>
    /// Starts it, if it is installed. It chooses its own port, because a port that is free now may be in use by the time a
    /// Python program has started.
    /// </summary>
    public async ValueTask InitializeAsync()
    {
        if (!ExternalProgram.MotoServer.IsInstalled)
        {
            return; // ResetAsync ends the tests.
        }

        _process = ExternalProgram.MotoServer.Start(["-H", "127.0.0.1", "-p", "0"]);
        StringBuilder output = new();
        while (await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Running().Match(line) is { Success: true } running)
            {
                Endpoint = new Uri(running.Groups[1].Value);

                // Read, or it would stop at a full pipe.
                _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }

            output.AppendLine(line);
        }

        throw new InvalidOperationException($"moto_server ended at its start: {output}");
    }

    /// <summary>Forgets everything: all buckets, all services.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        ExternalProgram.MotoServer.Require();
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

    [GeneratedRegex(@"Running on (http://\S+)")]
    private static partial Regex Running();
}

/// <summary>The tests that share one moto_server and therefore run one after the other.</summary>
public sealed class MotoServerTests : ICollectionFixture<MotoServer>;
