using System.Globalization;

namespace S3Lister.Local.Gateway;

/// <summary>The headers of an event: names in lower case, repeated ones joined, API Gateway's own added.</summary>
internal static class EventHeaders
{
    public static SortedDictionary<string, string> Build(ProxyEvent source)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in source.Request.Headers)
        {
            var name = key.ToLowerInvariant();
            if (name is not ("cookie" or "connection"))
            {
                headers[name] = headers.TryGetValue(name, out var earlier) ? $"{earlier},{value}" : value;
            }
        }

        headers.TryAdd("content-length", source.Request.Body.GetValueOrDefault().Length.ToString(CultureInfo.InvariantCulture));
        headers.TryAdd("x-amzn-trace-id", source.TraceRoot);
        headers["x-forwarded-for"] = headers.TryGetValue("x-forwarded-for", out var clients)
            ? $"{clients}, {source.SourceIp}"
            : source.SourceIp;
        headers["x-forwarded-port"] = source.Port.ToString(CultureInfo.InvariantCulture);
        headers["x-forwarded-proto"] = "http";
        return headers;
    }
}
