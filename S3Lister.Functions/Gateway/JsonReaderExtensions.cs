using System.Text.Json;

namespace S3Lister.Functions.Gateway;

/// <summary>Reads objects of which only some properties are used. A value of an unexpected type is skipped.</summary>
internal static class JsonReaderExtensions
{
    /// <summary>Advances to the next property name, or to the end of the object.</summary>
    public static bool ReadName(this ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.PropertyName;
    }

    /// <returns>The value; null if it is not a string.</returns>
    public static string? ReadString(this ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            return json.GetString();
        }

        json.Skip();
        return null;
    }

    /// <param name="json">The reader, before the value.</param>
    /// <param name="names">How names are compared: the names of headers ignore case, those of claims do not.</param>
    /// <returns>The properties that are strings; null if the value is not an object.</returns>
    public static Dictionary<string, string>? ReadStrings(this ref Utf8JsonReader json, StringComparer names)
    {
        if (!json.TryReadStartObject())
        {
            return null;
        }

        Dictionary<string, string> strings = new(names);
        while (json.ReadName())
        {
            var name = json.GetString()!;
            if (json.ReadString() is { } value)
            {
                strings[name] = value;
            }
        }

        return strings;
    }

    /// <summary>Advances into the object that is the value; past the value if it is not an object.</summary>
    public static bool TryReadStartObject(this ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        json.Skip();
        return false;
    }

    /// <summary>Reads to the end of the object that the reader is in.</summary>
    /// <returns>The value of the property; null if it is missing or not a string.</returns>
    public static string? ReadStringProperty(this ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        string? value = null;
        while (json.ReadName())
        {
            if (json.ValueTextEquals(name))
            {
                value = json.ReadString();
            }
            else
            {
                json.Skip();
            }
        }

        return value;
    }
}
