using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A message as one JSON object: the fixed fields, then the message's values, then the exception.</summary>
internal static class JsonLogLine
{
    public static string Format(LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", entry.Time.ToString(MessageProperty.InstantFormat, CultureInfo.InvariantCulture));
            writer.WriteString("level", Name(entry.Level));
            WriteIfSet(writer, "requestId", entry.Invocation?.RequestId);
            WriteIfSet(writer, "tenantId", entry.Invocation?.TenantId);
            WriteIfSet(writer, "traceId", entry.Invocation?.TraceId);
            writer.WriteString("message", entry.Message.Render(entry.Arguments));
            WriteProperties(writer, entry);
            WriteException(writer, entry.Exception);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "Trace",
        LogLevel.Debug => "Debug",
        LogLevel.Information => "Information",
        LogLevel.Warning => "Warning",
        LogLevel.Error => "Error",
        _ => "Critical",
    };

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteProperties(Utf8JsonWriter writer, LogEntry entry)
    {
        for (var i = 0; i < entry.Message.Properties.Count; i++)
        {
            if (!entry.Message.TryGetArgument(i, entry.Arguments, out var value) || value is null)
            {
                continue;
            }

            var property = entry.Message.Properties[i];
            writer.WritePropertyName(property.Name);
            switch (value)
            {
                case IDictionary pairs:
                    WritePairs(writer, property, pairs);
                    break;
                case IList items and not IList<byte>:
                    writer.WriteStartArray();
                    foreach (var item in items)
                    {
                        WriteValue(writer, property, item);
                    }

                    writer.WriteEndArray();
                    break;
                default:
                    WriteValue(writer, property, value);
                    break;
            }
        }
    }

    private static void WritePairs(Utf8JsonWriter writer, MessageProperty property, IDictionary pairs)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry pair in pairs)
        {
            writer.WritePropertyName(pair.Key.ToString() ?? string.Empty);
            WriteValue(writer, property, pair.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, MessageProperty property, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case not null when property.IsText:
                writer.WriteStringValue(value.ToString());
                break;
            case not null when property.Format is not null:
                writer.WriteStringValue(property.Formatted(value));
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case byte or sbyte or short or ushort or int or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case uint or ulong:
                writer.WriteNumberValue(Convert.ToUInt64(value, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            case byte[] bytes:
                writer.WriteStringValue(MessageProperty.Hex(bytes));
                break;
            case ReadOnlyMemory<byte> bytes:
                writer.WriteStringValue(MessageProperty.Hex(bytes.Span));
                break;
            case Memory<byte> bytes:
                writer.WriteStringValue(MessageProperty.Hex(bytes.Span));
                break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                writer.WriteStringValue(MessageProperty.Plain(value));
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteException(Utf8JsonWriter writer, Exception? exception)
    {
        if (exception is null)
        {
            return;
        }

        writer.WriteString("errorType", exception.GetType().FullName);
        writer.WriteString("errorMessage", exception.Message);
        writer.WriteStartArray("stackTrace");
        foreach (var line in exception.ToString().Split('\n'))
        {
            writer.WriteStringValue(line.Trim());
        }

        writer.WriteEndArray();
    }
}
