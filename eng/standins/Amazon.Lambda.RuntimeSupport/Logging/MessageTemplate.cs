using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// A message with holes for arguments: <c>"Listed {Count} keys in {Elapsed:0.0} ms"</c> by order, or <c>"{0} of {1}"</c>
/// by position. <c>{{</c> is no hole, and is written as it stands.
/// </summary>
internal sealed class MessageTemplate
{
    private const int CacheSize = 1024;

    private static readonly ConcurrentDictionary<string, MessageTemplate> Cache = new(StringComparer.Ordinal);

    private readonly string _text;
    private readonly List<(string Literal, MessageProperty? Property)> _parts = [];

    private MessageTemplate(string text, bool parse)
    {
        _text = text;
        if (parse)
        {
            Parse();
        }

        Properties = [.. _parts.Where(part => part.Property is not null).Select(part => part.Property!)];
        IsPositional = Positions(Properties);
    }

    public IReadOnlyList<MessageProperty> Properties { get; }

    public bool IsPositional { get; }

    /// <summary>A message without arguments is not a template: its braces mean nothing.</summary>
    public static MessageTemplate Of(string text, object?[] arguments)
    {
        if (arguments.Length == 0)
        {
            return new MessageTemplate(text, parse: false);
        }

        if (Cache.TryGetValue(text, out var known))
        {
            return known;
        }

        var template = new MessageTemplate(text, parse: true);
        if (Cache.Count < CacheSize)
        {
            Cache.TryAdd(text, template);
        }

        return template;
    }

    /// <summary>The argument of each property; false for one that has none.</summary>
    public bool TryGetArgument(int property, object?[] arguments, out object? argument)
    {
        var index = IsPositional ? int.Parse(Properties[property].Name, CultureInfo.InvariantCulture) : property;
        argument = index < arguments.Length ? arguments[index] : null;
        return index < arguments.Length;
    }

    public string Render(object?[] arguments)
    {
        if (Properties.Count == 0)
        {
            return _text;
        }

        var message = new StringBuilder();
        var next = 0;
        foreach (var (literal, property) in _parts)
        {
            message.Append(literal);
            if (property is not null)
            {
                message.Append(TryGetArgument(next++, arguments, out var value) ? property.Render(value) : property.Token);
            }
        }

        return message.ToString();
    }

    // 0 to n-1, each at least once.
    private static bool Positions(IReadOnlyList<MessageProperty> properties)
    {
        var positions = new HashSet<int>();
        foreach (var property in properties)
        {
            if (!int.TryParse(property.Name, CultureInfo.InvariantCulture, out var position) || position < 0)
            {
                return false;
            }

            positions.Add(position);
        }

        return positions.Count > 0 && positions.Max() == positions.Count - 1;
    }

    private void Parse()
    {
        var literal = 0;
        for (var i = 0; i < _text.Length; i++)
        {
            if (_text[i] != '{')
            {
                continue;
            }

            if (i + 1 < _text.Length && _text[i + 1] == '{')
            {
                i++;
                continue;
            }

            var end = _text.IndexOf('}', i);
            if (end < 0)
            {
                break;
            }

            if (end > i + 1)
            {
                _parts.Add((_text[literal..i], new MessageProperty(_text[(i + 1)..end])));
                literal = end + 1;
            }

            i = end;
        }

        _parts.Add((_text[literal..], null));
    }
}
