using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal static class TextLogLine
{
    public static string Format(LogEntry entry, bool withPrefix)
    {
        var text = entry.Message.Render(entry.Arguments);
        if (entry.Exception is not null)
        {
            text = text.Length > 0 ? $"{text}\n{entry.Exception}" : entry.Exception.ToString();
        }

        if (!withPrefix)
        {
            return text;
        }

        var time = entry.Time.ToString(MessageProperty.InstantFormat, CultureInfo.InvariantCulture);
        return $"{time}\t{entry.Invocation?.RequestId}\t{Label(entry.Level)}\t{text}";
    }

    private static string Label(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
