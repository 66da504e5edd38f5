using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace S3Lister.Page;

/// <summary>
/// Kestrel on 127.0.0.1, HTTP/1.1, without a host: no configuration inherited from the machine, no handler for
/// Ctrl+C, and nothing between the socket and the handler.
/// </summary>
internal sealed class LoopbackServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private readonly KestrelServer _server;
    private readonly Func<HttpContext, Task> _handle;

    private LoopbackServer(KestrelServer server, Func<HttpContext, Task> handle)
    {
        _server = server;
        _handle = handle;
    }

    /// <summary>The ports it listens on, in the order of the request.</summary>
    public IReadOnlyList<int> Ports { get; private set; } = [];

    /// <summary>Listens on each of the ports; 0 means a free one. Throws <see cref="IOException"/> for one in use.</summary>
    public static Task<LoopbackServer> StartAsync(
        IEnumerable<int> ports, Func<HttpContext, Task> handle, CancellationToken cancellationToken) =>
        StartAsync(ports, handle, null, null, cancellationToken);

    /// <summary>The same with changes to the options of the server and of each port, for TLS.</summary>
    public static async Task<LoopbackServer> StartAsync(
        IEnumerable<int> ports,
        Func<HttpContext, Task> handle,
        Action<KestrelServerOptions>? configure,
        Action<ListenOptions>? configurePort,
        CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ResponseHeaderEncodingSelector = _ => Encoding.UTF8,
        };
        configure?.Invoke(options);
        var limits = options.Limits;
        limits.MaxRequestBodySize = null; // the handlers have their own limits and responses
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestLineSize = limits.MaxRequestHeadersTotalSize = 64 * 1024;
        limits.MaxRequestBufferSize = 128 * 1024;
        foreach (var port in ports)
        {
            options.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                configurePort?.Invoke(listen);
            });
        }

        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var server = new LoopbackServer(kestrel, handle);
        try
        {
            await kestrel.StartAsync(server, cancellationToken);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }

        server.Ports =
            [.. kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(a => new Uri(a).Port)];
        return server;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await _handle(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected.
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async ValueTask DisposeAsync()
    {
        using var drain = new CancellationTokenSource(Drain);
        await _server.StopAsync(drain.Token);
        _server.Dispose();
    }
}
