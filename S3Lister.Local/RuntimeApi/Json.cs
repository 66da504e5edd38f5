using System.Text.Json;
using System.Text.Json.Nodes;

namespace S3Lister.Local.RuntimeApi;

/// <summary>The few small JSON texts of the Runtime API.</summary>
internal static class Json
{
    public static ReadOnlyMemory<byte> Status { get; } = """{"status":"OK"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Error(string type, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["errorType"] = type, ["errorMessage"] = message });
}
