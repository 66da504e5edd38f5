using System.Text;
using Microsoft.AspNetCore.Http;
using S3Lister.Page;

namespace S3Lister.Tests.Stores;

/// <summary>All stores in one server: a bucket has the name of its profile.</summary>
public sealed class StoreServer : IAsyncLifetime
{
    private LoopbackServer _server = null!;

    public Uri Endpoint => new($"http://127.0.0.1:{_server.Ports[0]}");

    public async ValueTask InitializeAsync() => _server = await LoopbackServer.StartAsync([0], RespondAsync, CancellationToken.None);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task RespondAsync(HttpContext context)
    {
        var request = StoreRequest.Of(context.Request);
        var response = StoreProfile.Find(request.Bucket).Respond(request);
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.ContentType;
        if (response.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = StoreResponse.Text(seconds);
        }

        var body = Encoding.UTF8.GetBytes(response.Write());
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
