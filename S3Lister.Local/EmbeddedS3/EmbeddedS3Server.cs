namespace S3Lister.Local.EmbeddedS3;

/// <summary>An S3 that can list, on 127.0.0.1 in this process.</summary>
internal sealed class EmbeddedS3Server : IAsyncDisposable
{
    private readonly S3Application _application;
    private LoopbackServer? _server;

    private readonly string _scheme;

    private EmbeddedS3Server(EmbeddedS3Options options)
    {
        _application = new S3Application(options);
        _scheme = options.Tls is null ? "http" : "https";
    }

    /// <summary>Where it listens, <c>http://127.0.0.1:PORT/</c> or <c>https://127.0.0.1:PORT/</c>.</summary>
    public Uri Endpoint => new($"{_scheme}://127.0.0.1:{_server!.Ports[0]}/");

    public RequestCounters Requests => _application.Requests;

    public RequestWeather Weather => _application.Weather;

    /// <exception cref="ArgumentException">The name of a bucket breaks S3's rules.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmbeddedS3Server> StartAsync(
        EmbeddedS3Options options, CancellationToken cancellationToken)
    {
        var server = new EmbeddedS3Server(options);
        server._server = await LoopbackServer.StartAsync(
            [options.Port],
            server._application.HandleAsync,
            options.Tls is null ? null : LoopbackTls.AddServices,
            options.Tls is null ? null : options.Tls.Apply,
            cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
