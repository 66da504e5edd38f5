using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StandIns.Tests.Runtime;

/// <summary>
/// A Runtime API that also fails, which S3Lister.Local's cannot: it sends the queued events, keeps what is posted, and
/// responds with any status.
/// </summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Func<HttpContext, Task>> _next = Channel.CreateUnbounded<Func<HttpContext, Task>>();
    private readonly Channel<Post> _posts = Channel.CreateUnbounded<Post>();

    private RuntimeApiServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/2018-06-01/runtime/invocation/next", async context =>
            await (await _next.Reader.ReadAsync(context.RequestAborted))(context));
        _app.MapPost("/2018-06-01/runtime/{**path}", Keep);
    }

    /// <summary><c>host:port</c></summary>
    public string Endpoint => new Uri(_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;

    /// <summary>Paths below <c>/2018-06-01/runtime/</c> whose status is not 202.</summary>
    public ConcurrentDictionary<string, int> Statuses { get; } = new(StringComparer.Ordinal);

    public static async Task<RuntimeApiServer> StartAsync()
    {
        var server = new RuntimeApiServer();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public void Invoke(string requestId, string payload = "{}", params (string Name, string Value)[] headers) =>
        Assert.True(_next.Writer.TryWrite(context =>
        {
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = requestId;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(payload);
        }));

    public void FailNext(int status) =>
        Assert.True(_next.Writer.TryWrite(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }));

    public ValueTask<Post> ReadPostAsync() => _posts.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool HasPost => _posts.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Keep(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body);
        var post = new Post(
            path,
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.ContentType,
            context.Request.Headers["Lambda-Runtime-Function-Error-Type"]);
        context.Response.StatusCode = Statuses.GetValueOrDefault(path, 202);
        await _posts.Writer.WriteAsync(post, context.RequestAborted);
    }
}

internal sealed record Post(string Path, string Body, string? ContentType, string? ErrorType);
