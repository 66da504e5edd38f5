using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>
/// An S3 that can list. It runs in this process, on Kestrel alone: a host would bring routing, which normalizes what
/// must arrive byte for byte, and its own handling of Ctrl+C.
/// </summary>
internal sealed class EmbeddedS3Server : IAsyncDisposable
{
    // Three long parameters of 1024 bytes, percent-encoded, fit several times.
    private const int RequestLineBytes = 64 * 1024;

    private readonly KestrelServer _kestrel;
    private readonly S3Application _application;

    private EmbeddedS3Server(EmbeddedS3Options options)
    {
        var kestrelOptions = new KestrelServerOptions { AddServerHeader = false };
        kestrelOptions.Limits.MaxRequestBodySize = null;
        kestrelOptions.Limits.MaxRequestLineSize = RequestLineBytes;
        kestrelOptions.Limits.MaxRequestBufferSize = null;
        kestrelOptions.Listen(
            IPAddress.Loopback, options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
        _application = new S3Application(options);
        _kestrel = new KestrelServer(
            Options.Create(kestrelOptions),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens, <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Endpoint =>
        new(_kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public RequestCounters Requests => _application.Requests;

    public RequestWeather Weather => _application.Weather;

    /// <exception cref="ArgumentException">The name of a bucket breaks S3's rules.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmbeddedS3Server> StartAsync(
        EmbeddedS3Options options, CancellationToken cancellationToken)
    {
        var server = new EmbeddedS3Server(options);
        try
        {
            await server._kestrel.StartAsync(server._application, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Requests that are under way are cut: nothing here is worth waiting for.
        await _kestrel.StopAsync(new CancellationToken(canceled: true));
        _kestrel.Dispose();
    }
}
