using System.Text.Json;

namespace S3Lister.Local.RuntimeApi;

/// <summary>An error in Lambda's form, <c>{"errorType":…,"errorMessage":…}</c>.</summary>
/// <param name="Type">Such as <c>Runtime.ExitError</c>, or the type that the function reported.</param>
/// <param name="Message">For people.</param>
/// <param name="Payload">What the caller of Invoke gets.</param>
internal sealed record FunctionError(string Type, string Message, ReadOnlyMemory<byte> Payload)
{
    /// <summary>An error that Lambda finds itself.</summary>
    public static FunctionError Create(string type, string message) => new(type, message, Json.Error(type, message));

    /// <summary>An error that the function reported: its JSON is returned unchanged.</summary>
    public static FunctionError FromReport(string? headerType, ReadOnlyMemory<byte> payload)
    {
        string? type = null;
        string? message = null;
        try
        {
            using var document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                type = Text(document.RootElement, "errorType");
                message = Text(document.RootElement, "errorMessage");
            }
        }
        catch (JsonException)
        {
            // The runtime may send what it likes; the header still names the error.
        }

        return new FunctionError(type ?? headerType ?? "Runtime.Unknown", message ?? "", payload);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
