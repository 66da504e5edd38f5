using Microsoft.AspNetCore.Http;

namespace S3Lister.Tests.Stores;

/// <summary>The parameters of a request; a profile may ignore some.</summary>
internal sealed record StoreRequest(
    string Bucket, string Prefix, string Delimiter, string? StartAfter, string? Token, int MaxKeys, bool IsUrlEncoded)
{
    public static StoreRequest Of(HttpRequest request) => new(
        request.Path.Value!.Trim('/'),
        request.Query["prefix"].ToString(),
        request.Query["delimiter"].ToString(),
        Optional(request, "start-after"),
        Optional(request, "continuation-token"),
        int.Parse(request.Query["max-keys"].ToString(), System.Globalization.CultureInfo.InvariantCulture),
        request.Query["encoding-type"] == "url");

    private static string? Optional(HttpRequest request, string name) => request.Query.TryGetValue(name, out var value) ? value.ToString() : null;
}
