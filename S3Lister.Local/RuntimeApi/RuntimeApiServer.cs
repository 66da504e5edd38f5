using System.Globalization;

namespace S3Lister.Local.RuntimeApi;

/// <summary>
/// The Lambda Runtime API, version 2018-06-01. Every process has its own address: the port identifies the caller.
/// </summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private const string Invocation = "invocation/";

    private readonly string _functionArn;
    private readonly Dictionary<int, int> _slotsByPort = [];
    private readonly RuntimeSession?[] _sessions;
    private LoopbackServer? _server;

    private RuntimeApiServer(FunctionOptions options)
    {
        _functionArn = options.Arn;
        _sessions = new RuntimeSession?[options.MaxInstances];
    }

    public static async Task<RuntimeApiServer> StartAsync(FunctionOptions options, CancellationToken cancellationToken)
    {
        var api = new RuntimeApiServer(options);
        api._server = await LoopbackServer.StartAsync(
            Enumerable.Repeat(0, options.MaxInstances), api.HandleAsync, cancellationToken);
        for (var slot = 0; slot < options.MaxInstances; slot++)
        {
            api._slotsByPort.Add(api._server.Ports[slot], slot);
        }

        return api;
    }

    /// <summary>The value of <c>AWS_LAMBDA_RUNTIME_API</c> for the process in this slot.</summary>
    public string Address(int slot) =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_server!.Ports[slot]}");

    public void Attach(int slot, RuntimeSession session) => Volatile.Write(ref _sessions[slot], session);

    public void Detach(int slot) => Volatile.Write(ref _sessions[slot], null);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var slot = _slotsByPort[context.Connection.LocalPort];
        if (Volatile.Read(ref _sessions[slot]) is not { } session)
        {
            await ReplyAsync(context, RuntimeReply.ContainerError);
            return;
        }

        var path = context.Request.Path.Value ?? "";
        var resource = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : "";
        var reply = (context.Request.Method, resource) switch
        {
            ("GET", "invocation/next") => await NextAsync(context, session),
            ("POST", "init/error") => await InitErrorAsync(context, session),
            ("POST", _) when resource.StartsWith(Invocation, StringComparison.Ordinal)
                && resource[Invocation.Length..].Split('/') is [var requestId, var kind] =>
                    await CompleteAsync(context, session, requestId, kind),
            _ => RuntimeReply.NotFound,
        };
        if (reply is not null)
        {
            await ReplyAsync(context, reply);
        }
    }

    private async Task<RuntimeReply?> NextAsync(HttpContext context, RuntimeSession session)
    {
        if (await session.NextAsync(context.RequestAborted) is not { } invocation)
        {
            return RuntimeReply.InvalidTransition;
        }

        var response = context.Response;
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        response.Headers["Lambda-Runtime-Deadline-Ms"] =
            invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = _functionArn;
        response.Headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        await WriteAsync(response, invocation.Payload);
        return null;
    }

    private static async Task<RuntimeReply> InitErrorAsync(HttpContext context, RuntimeSession session) =>
        await ReadBodyAsync(context) is { } body
            ? session.FailInit(FunctionError.FromReport(ErrorType(context), body))
            : RuntimeReply.TooLarge;

    private static async Task<RuntimeReply> CompleteAsync(
        HttpContext context, RuntimeSession session, string requestId, string kind)
    {
        if (kind is not ("response" or "error"))
        {
            return RuntimeReply.NotFound;
        }

        if (await ReadBodyAsync(context) is not { } body)
        {
            var tooLarge = FunctionError.Create(
                "Function.ResponseSizeTooLarge",
                $"Response payload size exceeded maximum allowed payload size ({LambdaLimits.ResponseBytes} bytes).");
            var reply = session.Complete(requestId, new RuntimeResult(tooLarge.Payload, tooLarge));
            return reply == RuntimeReply.Accepted ? RuntimeReply.TooLarge : reply;
        }

        return session.Complete(
            requestId,
            new RuntimeResult(body, kind == "error" ? FunctionError.FromReport(ErrorType(context), body) : null));
    }

    private static string? ErrorType(HttpContext context) =>
        context.Request.Headers["Lambda-Runtime-Function-Error-Type"] is [{ Length: > 0 } type, ..] ? type : null;

    private static Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context) =>
        BodyReader.ReadAsync(context.Request, LambdaLimits.ResponseBytes, context.RequestAborted);

    private static Task ReplyAsync(HttpContext context, RuntimeReply reply)
    {
        context.Response.StatusCode = reply.StatusCode;
        return WriteAsync(context.Response, reply.Body);
    }

    private static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }
}
