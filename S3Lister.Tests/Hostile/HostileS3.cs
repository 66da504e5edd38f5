using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace S3Lister.Tests.Hostile;

/// <summary>
/// An S3 that sends any bytes at any speed. It reads a request, responds and closes the connection. It is neither an S3
/// nor an HTTP server, so any mistake is possible.
/// </summary>
internal sealed class HostileS3 : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Stream, CancellationToken, Task>[] _responses;
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _headers = [];
    private readonly Task _accepting;

    /// <param name="responses">To the first request, the second and so on; the last one is for all further requests.</param>
    public HostileS3(params Func<Stream, CancellationToken, Task>[] responses)
    {
        _responses = responses;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Endpoint => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>The targets of the requests so far, including retries.</summary>
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
            // Any of these can signal the shutdown of the listener.
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
                await _responses[Math.Min(_requests.Count, _responses.Length) - 1](stream, _end.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The client has closed the connection, or the test has ended.
        }
    }
}
