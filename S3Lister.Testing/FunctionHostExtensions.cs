using System.Text.Json;
using System.Text.Json.Nodes;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Testing;

internal static class FunctionHostExtensions
{
    public static Task<InvocationResult> InvokeAsync(this FunctionHost host, JsonObject payload) =>
        host.InvokeAsync(JsonSerializer.SerializeToUtf8Bytes(payload), TestContext.Current.CancellationToken);

    public static JsonNode Json(this InvocationResult result) => JsonNode.Parse(result.Payload.Span)!;

    public static int ProcessId(this InvocationResult result) => result.Json()["pid"]!.GetValue<int>();
}
