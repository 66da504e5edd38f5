using System.Text.Json;

namespace S3Lister.Local;

/// <summary>A line in Lambda's JSON log format, shortened for the console.</summary>
internal static class JsonLogLine
{
    /// <summary>
    /// The message of an informational line; null for a record of metrics, which only CloudWatch reads; every other
    /// line unchanged.
    /// </summary>
    public static string? Shorten(string line)
    {
        if (!line.StartsWith('{'))
        {
            return line;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("_aws", out _))
            {
                return null;
            }

            return document.RootElement.TryGetProperty("level", out var level)
                && level.ValueEquals("Information")
                && document.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                    ? message.GetString()!
                    : line;
        }
        catch (JsonException)
        {
            return line;
        }
    }
}
