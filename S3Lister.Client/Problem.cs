using System.Net;
using System.Text.Json;

namespace S3Lister.Client;

/// <summary>Reads a response that is an error.</summary>
internal static class Problem
{
    public static S3ListerException Read(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var details = Parse(body);
        var code = details.Code ?? Enum.GetName(response.StatusCode) ?? "InvalidResponse";
        var detail = details.Detail ?? details.Message ?? $"The response has status {(int)response.StatusCode}.";
        return new(response.StatusCode, code, detail)
        {
            Parameter = details.Parameter,
            RequestId = details.RequestId ?? Header(response, "apigw-requestid") ?? Header(response, "x-amzn-requestid"),
            RetryAfter = response.Headers.RetryAfter?.Delta,
            ServerTime = response.Headers.Date,
        };
    }

    public static S3ListerException Unreadable(HttpStatusCode status, Exception? inner = null) =>
        new(status, "InvalidResponse", "The response is not S3Lister's. Check the URL of the API.", inner);

    private static ProblemDetails Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.ProblemDetails) ?? new(null, null, null, null, null);
        }
        catch (JsonException)
        {
            // For example a proxy's HTML page.
            return new(null, null, null, null, null);
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
