using System.Globalization;
using S3Lister.Local.RuntimeApi;
using S3Lister.Local.SigV4;
using S3Lister.Local.SigV4.Diagnosis;

namespace S3Lister.Local.Gateway;

/// <summary>
/// Processes a request as an HTTP API does: limits, route, IAM, event, function, response, in this order.
/// </summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private const string ApiId = "local";

    private readonly GatewayOptions _options;
    private readonly RouteTable _routes;
    private readonly SignatureVerifier _verifier;
    private readonly SignatureDiagnosis _diagnosis;
    private LoopbackServer? _server;

    private GatewayServer(GatewayOptions options)
    {
        _options = options;
        _routes = new RouteTable(options.Routes);
        var signatures = new SignatureVerifierOptions
        {
            Service = "execute-api",
            Region = options.Region,
            Identities = options.Identities,
            TimeProvider = options.TimeProvider,
        };
        _verifier = new SignatureVerifier(signatures);
        _diagnosis = new SignatureDiagnosis(signatures);
    }

    /// <summary>The page on the same port. API Gateway has none. Default: none.</summary>
    public PageHost? Page { get; set; }

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_server!.Ports[0]}"));

    /// <summary>Throws <see cref="IOException"/> when the port is in use and no other may be used.</summary>
    public static async Task<GatewayServer> StartAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        var gateway = new GatewayServer(options);
        gateway._server = await ListenAsync(options, gateway.HandleAsync, cancellationToken);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        Page?.Dispose();
    }

    // Listens on the first free one of a hundred ports, or on any port when all of them are in use.
    private static async Task<LoopbackServer> ListenAsync(
        GatewayOptions options, Func<HttpContext, Task> handle, CancellationToken cancellationToken)
    {
        if (!options.TakesNextPort)
        {
            return await LoopbackServer.StartAsync([options.Port], handle, cancellationToken);
        }

        for (var port = options.Port; port < options.Port + 100; port++)
        {
            try
            {
                return await LoopbackServer.StartAsync([port], handle, cancellationToken);
            }
            catch (IOException)
            {
                // In use, usually by another local stack.
            }
        }

        return await LoopbackServer.StartAsync([0], handle, cancellationToken);
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (Page is { } page && PageHost.Owns(context.Request.Path))
        {
            await page.HandleAsync(context);
            return;
        }

        var exchange = new Exchange(context, _options.TimeProvider);
        var response = await RespondAsync(exchange);

        // Logged before it is sent: a caller that has the response finds its entry in the log.
        _options.AccessLog?.Invoke(exchange.Log(response));
        await exchange.SendAsync(response);
    }

    private async Task<GatewayResponse> RespondAsync(Exchange exchange)
    {
        if (GatewayLimits.Check(exchange.Context, exchange.Target) is { } overLimit)
        {
            return overLimit;
        }

        if (!exchange.Target.StartsWith('/'))
        {
            return GatewayResponses.BadRequest;
        }

        // The route is looked up before the signature: an unsigned request to an unknown path is a 404.
        var path = exchange.DecodePath();
        if (_routes.Find(exchange.Context.Request.Method, path) is not { } match)
        {
            return GatewayResponses.NotFound;
        }

        exchange.RouteKey = match.Route.Key;
        var body = await BodyReader.ReadAsync(
            exchange.Context.Request, GatewayLimits.PayloadBytes, exchange.Context.RequestAborted);
        if (body is null)
        {
            return GatewayResponses.RequestTooLarge;
        }

        var request = SignedRequest.From(exchange.Context, body);
        if (match.Route.RequiresIam)
        {
            var signature = _verifier.Verify(request);
            exchange.Caller = signature.Identity;
            exchange.Error = signature.Detail;
            if (!signature.IsValid)
            {
                exchange.Explanation = _options.AccessLog is null ? [] : _diagnosis.Explain(request, signature.Failure.Value);
                return GatewayResponses.Forbidden;
            }
        }

        return await InvokeAsync(exchange, request, match, path);
    }

    private async Task<GatewayResponse> InvokeAsync(
        Exchange exchange, SignedRequest request, RouteMatch match, string path)
    {
        var traceRoot = request.Header("x-amzn-trace-id") ?? TraceId.NewRoot(_options.TimeProvider);
        var payload = ProxyEventWriter.Write(new ProxyEvent
        {
            Request = request,
            Match = match,
            Path = path,
            Protocol = exchange.Context.Request.Protocol,
            SourceIp = exchange.Context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1",
            Port = exchange.Context.Connection.LocalPort,
            RequestId = exchange.RequestId,
            TraceRoot = traceRoot,
            Time = exchange.Time,
            AccountId = LocalIdentities.AccountId,
            ApiId = ApiId,
            Caller = exchange.Caller,
        });
        using var timeout = new CancellationTokenSource(_options.IntegrationTimeout, _options.TimeProvider);
        try
        {
            var function = _options.Functions[match.Route.Function];
            var result = await function.InvokeAsync(payload, timeout.Token, TraceId.Complete(traceRoot));
            exchange.Error = result.Error is { } error ? $"{error.Type}: {error.Message}" : null;
            return result.Status switch
            {
                InvocationStatus.Success => ProxyResponse.Read(result.Payload),
                InvocationStatus.RequestTooLarge => GatewayResponses.RequestTooLarge,
                _ => GatewayResponses.InternalServerError,
            };
        }
        catch (OperationCanceledException)
        {
            exchange.Error = "Integration timed out";
            return GatewayResponses.ServiceUnavailable;
        }
        catch (ObjectDisposedException)
        {
            exchange.Error = "The function is being shut down";
            return GatewayResponses.ServiceUnavailable;
        }
    }
}
