using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The function's log, in the format of AWS_LAMBDA_LOG_FORMAT from the level of AWS_LAMBDA_LOG_LEVEL up. It does not
/// capture the console, which S3Lister does not write to.
/// </summary>
internal sealed class LogWriter(TextWriter output, Func<string, string?> variable, TimeProvider time) : ILambdaLogger
{
    private readonly bool _isJson = string.Equals(variable("AWS_LAMBDA_LOG_FORMAT"), "JSON", StringComparison.OrdinalIgnoreCase);
    private readonly LogLevel _minimum = Level(variable("AWS_LAMBDA_LOG_LEVEL")) ?? LogLevel.Information;

    /// <summary>The invocation that the lines belong to.</summary>
    public Invocation? Invocation { get; set; }

    public void Log(string message) => output.Write(message);

    public void LogLine(string message) => Log(nameof(LogLevel.Information), message);

    public void Log(string level, string message, params object[] args) => WriteLine(level, null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) =>
        WriteLine(level, exception, message, args);

    private void WriteLine(string level, Exception? exception, string message, object[] arguments)
    {
        // An unknown level is never left out, and written as the lowest.
        if (Level(level) < _minimum)
        {
            return;
        }

        // Without arguments a message is not a template: its braces mean nothing.
        var template = arguments.Length == 0 ? null : MessageTemplate.Of(message);
        var text = template?.Render(arguments) ?? message;
        var known = Level(level) ?? LogLevel.Trace;
        output.WriteLine(_isJson ? Json(known, text, template?.Properties(arguments) ?? [], exception) : Text(known, text, exception));
    }

    private string Text(LogLevel level, string text, Exception? exception)
    {
        var label = level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
        return $"{Now()}\t{Invocation?.RequestId}\t{label}\t{text}{(text.Length > 0 && exception is not null ? "\n" : "")}{exception}";
    }

    private string Json(LogLevel level, string text, IEnumerable<(string Name, object Value)> properties, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", Now());
            json.WriteString("level", level.ToString());
            WriteIfSet(json, "requestId", Invocation?.RequestId);
            WriteIfSet(json, "traceId", Invocation?.TraceId);
            json.WriteString("message", text);
            foreach (var (name, value) in properties)
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }

            WriteException(json, exception);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteIfSet(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteException(Utf8JsonWriter json, Exception? exception)
    {
        if (exception is null)
        {
            return;
        }

        json.WriteString("errorType", exception.GetType().FullName);
        json.WriteString("errorMessage", exception.Message);
        json.WriteStartArray("stackTrace");
        foreach (var line in exception.ToString().Split('\n'))
        {
            json.WriteStringValue(line.Trim());
        }

        json.WriteEndArray();
    }

    /// <summary>A level by .NET's name or Lambda's, in any case; null for anything else.</summary>
    private static LogLevel? Level(string? name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFORMATION" or "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => null,
    };

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
