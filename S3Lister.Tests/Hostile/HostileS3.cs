using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace S3Lister.Tests.Hostile;

/// <summary>
/// An S3 that answers with any bytes one may want, and in any rhythm. It reads a request, answers and closes the
/// connection; it knows nothing of S3 or HTTP, so that nothing keeps it from being wrong.
/// </summary>
internal sealed class HostileS3 : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Stream, CancellationToken, Task>[] _answers;
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _headers = [];
    private readonly Task _accepting;

    /// <param name="answers">To the first request, to the second and so on; the last one is for all that follow.</param>
    public HostileS3(params Func<Stream, CancellationToken, Task>[] answers)
    {
        _answers = answers;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Endpoint => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>The targets of the requests so far, retries among them.</summary>
    public string[] Requests => [.. _requests];

    /// <summary>The header lines of all requests so far.</summary>
    public string[] Headers => [.. _headers];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (_end.IsCancellationRequested && exception is (OperationCanceledException or SocketException or InvalidOperationException))
        {
            // The listener may end in any of these ways before the token is seen.
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
                if (await reader.ReadLineAsync(_end.Token) is not { } requestLine)
                {
                    return;
                }

                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
                {
                    _headers.Enqueue(header);
                }

                _requests.Enqueue(requestLine.Split(' ')[1]);
                await _answers[Math.Min(_requests.Count, _answers.Length) - 1](stream, _end.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }
}
