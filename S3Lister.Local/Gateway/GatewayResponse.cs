using System.Text;

namespace S3Lister.Local.Gateway;

/// <summary>The response to the client.</summary>
internal sealed record GatewayResponse
{
    public required int StatusCode { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Each becomes a <c>set-cookie</c> header.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A response of API Gateway itself.</summary>
    public static GatewayResponse Message(int statusCode, string message) => new()
    {
        StatusCode = statusCode,
        Headers = [new("content-type", "application/json")],
        Body = Encoding.UTF8.GetBytes($$"""{"message":"{{message}}"}"""),
    };
}
