using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace S3Lister.Listing.S3.Client;

/// <summary>Opens the connections to S3, the first one before there is a request for it.</summary>
/// <remarks>A connection that is open sends nothing to S3: no request is counted, logged, refused or paid for.</remarks>
internal sealed class S3Connector(TimeProvider time)
{
    /// <summary>
    /// Lambda sends the event at once after the initialization, or much later if the environment waits as provisioned
    /// concurrency. S3 closes idle connections after some seconds.
    /// </summary>
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromSeconds(4);

    /// <summary>How long a connection may take to open. After that, the first request opens its own.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(250);

    private Task<Connection?>? _prepared;
    private int _opened;

    /// <summary>The number of connections that requests have opened, without the prepared one.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>The response to each request, which is then not sent; null to send requests.</summary>
    public ReadOnlyMemory<byte>? Canned { get; set; }

    /// <summary>Begins to open a connection for the first request, unless requests go through a proxy.</summary>
    /// <param name="server">A URL of the server, with http or https.</param>
    public void Prepare(Uri server)
    {
        if (_prepared is null && HttpClient.DefaultProxy.IsBypassed(server))
        {
            _prepared = Task.Run(() => PrepareAsync(server));
        }
    }

    /// <summary>Waits until the connection is open or has failed, at most as long as it may take.</summary>
    public void WaitForPrepared() => _prepared?.Wait(TimeLimit);

    /// <summary>The prepared connection if it is still open, otherwise a new one.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _prepared, null) is { } preparing && await preparing.WaitAsync(cancellationToken) is { } prepared)
        {
            if (prepared.Server.Equals(context.DnsEndPoint) && IsUsable(prepared))
            {
                return prepared.Stream;
            }

            await prepared.Stream.DisposeAsync();
        }

        Interlocked.Increment(ref _opened);
        return await ConnectAsync(context.DnsEndPoint, cancellationToken);
    }

    private bool IsUsable(Connection connection) =>
        time.GetUtcNow() - connection.Opened < MaxIdleTime && IsEstablished(connection.Socket);

    /// <summary>Whether the peer has not closed the connection, as far as the operating system knows.</summary>
    private static bool IsEstablished(Socket socket)
    {
        const int Tcp = 6;
        const int TcpInfo = 11;
        const byte Established = 1;
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        Span<byte> state = [0];
        socket.GetRawSocketOption(Tcp, TcpInfo, state);
        return state[0] == Established;
    }

    private async Task<Connection?> PrepareAsync(Uri server)
    {
        Stream? stream = null;
        try
        {
            using CancellationTokenSource limit = new(TimeLimit);
            DnsEndPoint endpoint = new(server.IdnHost, server.Port);
            var network = await ConnectAsync(endpoint, limit.Token);
            stream = network;
            if (server.Scheme == Uri.UriSchemeHttps)
            {
#pragma warning disable CA2000 // The stream of the connection.
                SslStream tls = new(network);
#pragma warning restore CA2000
                stream = tls;
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.IdnHost }, limit.Token);
            }

            return new(endpoint, network.Socket, stream, time.GetUtcNow());
        }
#pragma warning disable CA1031 // The first request opens its own connection, and reports what is wrong.
        catch (Exception)
#pragma warning restore CA1031
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            return null;
        }
    }

    private static async ValueTask<NetworkStream> ConnectAsync(DnsEndPoint server, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The stream owns it.
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <param name="Stream">The stream of <paramref name="Socket"/>, with TLS if the server uses it.</param>
    private sealed record Connection(DnsEndPoint Server, Socket Socket, Stream Stream, DateTimeOffset Opened);
}
