using System.Collections.Concurrent;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A message with named holes, <c>"Listed {count} keys"</c>, for arguments in the same order.</summary>
internal sealed class MessageTemplate
{
    private static readonly ConcurrentDictionary<string, MessageTemplate> Parsed = new(StringComparer.Ordinal);

    // Text, name, text, name, …, text.
    private readonly string[] _parts;

    private MessageTemplate(string text) => _parts = text.Split('{', '}');

    public static MessageTemplate Of(string text) => Parsed.GetOrAdd(text, static text => new MessageTemplate(text));

    public string Render(object?[] arguments)
    {
        StringBuilder message = new();
        for (var part = 0; part < _parts.Length; part++)
        {
            message.Append(part % 2 == 0 ? _parts[part] : Argument(part, arguments) ?? $"{{{_parts[part]}}}");
        }

        return message.ToString();
    }

    /// <summary>The arguments that are not null, with their names.</summary>
    public IEnumerable<(string Name, object Value)> Properties(object?[] arguments)
    {
        for (var part = 1; part < _parts.Length; part += 2)
        {
            if (Argument(part, arguments) is { } value)
            {
                yield return (_parts[part], value);
            }
        }
    }

    private static object? Argument(int part, object?[] arguments) => arguments.ElementAtOrDefault(part / 2);
}
