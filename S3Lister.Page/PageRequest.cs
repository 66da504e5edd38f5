using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace S3Lister.Page;

/// <summary>Refuses requests that the page itself doesn't send, such as those of other sites in the same browser.</summary>
internal static class PageRequest
{
    /// <returns>The status of the refusal; null for a request that can be served.</returns>
    public static int? Refuse(HttpContext context)
    {
        var request = context.Request;
        return !IsOwnHost(context) ? StatusCodes.Status421MisdirectedRequest
            : !HttpMethods.IsGet(request.Method) ? StatusCodes.Status405MethodNotAllowed
            : request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 ? StatusCodes.Status413PayloadTooLarge
            : !IsOwnSite(request) ? StatusCodes.Status403Forbidden
            : null;
    }

    /// <summary>A name that an attacker points to 127.0.0.1 (DNS rebinding) is another host.</summary>
    private static bool IsOwnHost(HttpContext context)
    {
        var port = context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture);
        var host = context.Request.Headers[HeaderNames.Host];
        return host.Count == 1 && (host[0] == $"127.0.0.1:{port}" || host[0] == $"localhost:{port}");
    }

    /// <summary>
    /// Browsers set the header, and scripts can't. A page of another port is <c>same-site</c>. The start page can be opened from
    /// everywhere, as a page of its own: it contains no data.
    /// </summary>
    private static bool IsOwnSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none"
        || (request.Path == "/" && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document");
}
