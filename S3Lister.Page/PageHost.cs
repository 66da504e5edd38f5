using System.Net;
using System.Text;

namespace S3Lister.Page;

/// <summary>
/// Serves the page and, for its requests, <c>GET /api/{objects,summary,access,health}</c>: the API's own response to the same query,
/// signed by this process. The browser never has a key.
/// </summary>
internal sealed class PageHost : IDisposable
{
    private const string ApiPath = "/api/";

    private static readonly string[] Routes = ["objects", "summary", "access", "health"];

    private readonly Uri _api;
    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _time;
    private long _lastUse;

    /// <param name="api">The URL of the API.</param>
    /// <param name="signer">Signs requests and sends them. It must not follow redirects.</param>
    /// <param name="time">The clock of <see cref="Idle"/>.</param>
    public PageHost(Uri api, HttpMessageHandler signer, TimeProvider time)
    {
        _api = api;
        _client = new(signer);
        _time = time;
        _lastUse = time.GetTimestamp();
    }

    /// <summary>What the page must send.</summary>
    public PageToken Token { get; } = new();

    /// <summary>The time since the last request that was served.</summary>
    public TimeSpan Idle => _time.GetElapsedTime(Volatile.Read(ref _lastUse));

    /// <summary>Whether the path is the page's, and not one of another server on the same port.</summary>
    public static bool Owns(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || PageFiles.Find(path.Value ?? "") is not null;

    /// <summary>The URL of the page with its token, which a browser doesn't send to any server.</summary>
    /// <param name="origin">Where the page is served.</param>
    /// <param name="prefix">The prefix that it shows first.</param>
    public Uri Url(Uri origin, string prefix = "") =>
        new(origin, $"{(prefix.Length == 0 ? "" : $"?prefix={Uri.EscapeDataString(prefix)}")}#token={Token.Text}");

    public async Task HandleAsync(HttpContext context)
    {
        foreach (var (name, value) in PageFiles.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var path = context.Request.Path.Value ?? "";
        if (PageRequest.Refuse(context) is { } status)
        {
            await WriteAsync(context, status, "This request isn't the page's own.");
        }
        else if (PageFiles.Find(path) is { } file)
        {
            context.Response.ContentType = file.ContentType;
            context.Response.ContentLength = file.Body.Length;
            await context.Response.Body.WriteAsync(file.Body, context.RequestAborted);
        }
        else if (Array.Find(Routes, route => path == ApiPath + route) is not { } route)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
        }
        else if (!Token.IsIn(context.Request.Headers.Authorization))
        {
            await WriteAsync(context, StatusCodes.Status401Unauthorized, "The token of the page is missing or wrong.");
        }
        else
        {
            Volatile.Write(ref _lastUse, _time.GetTimestamp());
            await PassAsync(context, route);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends the query to the API. The response is the API's; 502 if there is none.</summary>
    private async Task PassAsync(HttpContext context, string route)
    {
        if (!PageQuery.TryRead(context.Request.Query, out var query))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, "The query isn't one of the API's.");
            return;
        }

        using HttpRequestMessage request = new(HttpMethod.Get, $"{_api.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{route}{query}");
        foreach (var name in (string[])["Accept", "Accept-Encoding"])
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToArray());
        }

        try
        {
            using var response = await _client.SendAsync(request, context.RequestAborted);
            await CopyAsync(response, context);
        }
        catch (HttpRequestException exception) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, StatusCodes.Status502BadGateway, $"The API can't be reached: {exception.Message}");
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, HttpContext context)
    {
        // A redirect would lead the page to another host.
        var isRedirect = (int)response.StatusCode is >= 300 and < 400 && response.StatusCode != HttpStatusCode.NotModified;
        context.Response.StatusCode = isRedirect ? StatusCodes.Status502BadGateway : (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (PageQuery.Passes(name))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }
}
