using System.Text.Json;

namespace S3Lister.Local;

/// <summary>A line in Lambda's JSON log format, made short enough to read along.</summary>
internal static class JsonLogLine
{
    /// <summary>
    /// The message of a line that tells of nothing unusual, null for a record of metrics, which only CloudWatch reads;
    /// every other line as it is.
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
