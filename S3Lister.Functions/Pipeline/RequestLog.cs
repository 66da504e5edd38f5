using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;

namespace S3Lister.Functions.Pipeline;

/// <summary>
/// Logs one line for each request. The SDK's exceptions may contain parts of S3's response, so they are logged only at
/// Debug level.
/// </summary>
/// <remarks>
/// Callers control some of the values, such as the <c>sub</c> claim of a token. Line breaks in them are escaped, because
/// the text format has no escapes: a line break would start a forged log line.
/// </remarks>
internal static class RequestLog
{
    /// <summary>For missing values, as in API Gateway's access log. With null, the text would contain the placeholder.</summary>
    private const string None = "-";

    private const string Line =
        "{route} {status} {code}: {keyCount} of {scanned} entries, {s3Requests} S3 requests in {s3Milliseconds} ms over "
        + "{s3Connections} new connections, {bytes} bytes in {milliseconds} ms; request {gatewayRequestId} of {principal}, prefix of {prefixLength} bytes, cold {coldStart}, cause {cause}";

    public static void Write(ILambdaLogger logger, RequestRecord record)
    {
        var cause = record.Upstream is { } upstream
            ? $"{upstream.Cause}: {upstream.Message}"
            : record.Failure?.GetType().Name;

        logger.Log(
            record.IsServerError ? LogLevel.Error : LogLevel.Information,
            Line,
            OneLine(record.Route), (int)record.Result.StatusCode, OneLine(record.Result.Code), record.Listed,
            record.Cost.Scanned, record.Cost.Requests, Milliseconds(record.Cost.Time), record.Connections, record.Bytes,
            Milliseconds(record.Elapsed), OneLine(record.GatewayRequestId), OneLine(record.Principal), record.PrefixLength,
            record.IsCold, OneLine(cause));

        if (record.IsServerError && (record.Failure ?? record.Upstream) is { } failure)
        {
            logger.LogDebug(failure, "{route} failed", OneLine(record.Route));
        }
    }

    /// <summary>Escapes control characters, line breaks and invisible formatting, such as <c>\u000a</c>.</summary>
    private static string OneLine(string? text)
    {
        if (text is null || text.All(IsVisible))
        {
            return text ?? None;
        }

        StringBuilder line = new(text.Length + 16);
        foreach (var character in text)
        {
            if (IsVisible(character))
            {
                line.Append(character);
            }
            else
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return line.ToString();
    }

    private static bool IsVisible(char character) => char.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
