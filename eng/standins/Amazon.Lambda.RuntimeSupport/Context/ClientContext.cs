using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Lambda-Runtime-Client-Context header; all members are null where it is missing.</summary>
internal sealed record ClientContext(
    IDictionary<string, string>? Environment,
    IClientApplication? Client,
    IDictionary<string, string>? Custom) : IClientContext
{
    public static ClientContext Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new ClientContext(null, null, null);
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new ClientContext(
            Pairs(root, "env"),
            root.TryGetProperty("client", out var client) ? ClientApplication.From(client) : null,
            Pairs(root, "custom"));
    }

    private static Dictionary<string, string>? Pairs(JsonElement root, string name) =>
        root.TryGetProperty(name, out var pairs)
            ? pairs.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.ToString())
            : null;
}
