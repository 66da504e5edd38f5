using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;

namespace S3Lister.Functions.Pipeline;

/// <summary>
/// One line a request, with what an operator asks for. What the SDK says of a failure may quote S3's response, so it is
/// logged at Debug only.
/// </summary>
/// <remarks>
/// A caller chooses some of the values, such as the claim <c>sub</c> of a token. They are written on one line: in the text
/// format, which has no escapes of its own, a line break would begin a line that looks like one of ours.
/// </remarks>
internal static class RequestLog
{
    /// <summary>As in API Gateway's own access log. Null would leave the field's name in the text.</summary>
    private const string None = "-";

    private const string Line =
        "{route} {status} {code}: {keyCount} of {scanned} entries, {s3Requests} S3 requests in {s3Milliseconds} ms, {bytes} bytes "
        + "in {milliseconds} ms; request {gatewayRequestId} of {principal}, prefix of {prefixLength} bytes, cold {coldStart}, cause {cause}";

    public static void Write(ILambdaLogger logger, RequestRecord summary)
    {
        var cause = summary.Upstream is { } upstream
            ? $"{upstream.Cause}: {upstream.Message}"
            : summary.Failure?.GetType().Name;

        logger.Log(
            summary.IsServerError ? LogLevel.Error : LogLevel.Information,
            Line,
            OneLine(summary.Route), (int)summary.Result.StatusCode, OneLine(summary.Result.Code), summary.Listed,
            summary.Cost.Scanned, summary.Cost.Requests, Milliseconds(summary.Cost.Time), summary.Bytes,
            Milliseconds(summary.Elapsed), OneLine(summary.GatewayRequestId), OneLine(summary.Principal), summary.PrefixLength,
            summary.IsCold, OneLine(cause));

        if (summary.IsServerError && (summary.Failure ?? summary.Upstream) is { } failure)
        {
            logger.LogDebug(failure, "{route} failed", OneLine(summary.Route));
        }
    }

    /// <summary>With control characters, line breaks and invisible formatting as <c>\u000a</c>.</summary>
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
