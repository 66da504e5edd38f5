using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using S3Lister.Local;
using S3Lister.Local.SigV4;
using S3Lister.Page;

namespace S3Lister.SmokeTests.Gateways;

/// <summary>A proxy between the caller and the local API that makes one mistake, or none.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private readonly LocalStack _api;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly GatewayFault _fault;
    private LoopbackServer? _server;

    private Gateway(LocalStack api, GatewayFault fault)
    {
        _api = api;
        _fault = fault;
    }

    public Uri Url => new($"http://127.0.0.1:{_server!.Ports[0]}");

    public static async Task<Gateway> StartAsync(LocalStack api, GatewayFault fault)
    {
        Gateway gateway = new(api, fault);
        gateway._server = await LoopbackServer.StartAsync([0], gateway.HandleAsync, TestContext.Current.CancellationToken);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (_fault.Status is { } status && target.StartsWith("/objects", StringComparison.Ordinal))
        {
            context.Response.StatusCode = (int)status;
            return;
        }

        if (_fault.OnlyBelow is { } prefix && target.StartsWith("/objects?", StringComparison.Ordinal)
            && !target.Contains($"prefix={UriEncoding.Encode(prefix)}", StringComparison.Ordinal))
        {
            context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
            return;
        }

        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_api.Url, target));
        foreach (var (name, value) in context.Request.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, [.. value]);
        }

        using var response = await _http.SendAsync(request, context.RequestAborted);
        var body = _fault.Body(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(context.RequestAborted)));
        var refused = response.StatusCode == HttpStatusCode.Forbidden && !context.Request.Headers.ContainsKey("Authorization");
        context.Response.StatusCode = (int)(refused && _fault.AcceptsUnsignedCalls ? HttpStatusCode.OK : response.StatusCode);
        foreach (var header in response.Content.Headers.Concat(response.Headers).Where(header => header.Key is "Content-Type" or "ETag"))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        if (response.StatusCode != HttpStatusCode.NotModified)
        {
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
    }
}

/// <param name="Body">Changes the body of a response.</param>
/// <param name="AcceptsUnsignedCalls">Whether the response to an unsigned call is 200.</param>
/// <param name="Status">The status of each listing.</param>
/// <param name="OnlyBelow">The only prefix that can be listed.</param>
internal sealed record GatewayFault(
    Func<string, string> Body, bool AcceptsUnsignedCalls = false, HttpStatusCode? Status = null, string? OnlyBelow = null);
