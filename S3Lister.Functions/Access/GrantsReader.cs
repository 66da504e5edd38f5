using System.Text;
using System.Text.Json;

namespace S3Lister.Functions.Access;

/// <summary>
/// Reads grants token by token: a serializer for two classes is a twentieth of the package, and no other JSON needs one.
/// </summary>
internal static class GrantsReader
{
    /// <exception cref="JsonException">It is no list of grants; the exception says where.</exception>
    public static IReadOnlyList<Grant> Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Utf8JsonReader reader = new(bytes);
        try
        {
            reader.Read();
            var grants = ReadList(ref reader, static (ref reader) => ReadGrant(ref reader));
            reader.Read(); // To the end, or to what should not be there.
            return grants;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            // The latter is the reader's word for an escape that is half a character.
            var before = bytes.AsSpan(0, (int)reader.TokenStartIndex);
            throw new JsonException(null, null, before.Count((byte)'\n'), before.Length - before.LastIndexOf((byte)'\n') - 1);
        }
    }

    private static Grant ReadGrant(ref Utf8JsonReader reader)
    {
        string? principal = null;
        Dictionary<string, string>? claim = null;
        List<string>? prefixes = null;
        Require(reader.TokenType == JsonTokenType.StartObject);
        while (ReadName(ref reader) is { } name)
        {
            switch (name)
            {
                case "principal" when principal is null:
                    principal = ReadString(ref reader);
                    break;
                case "claim" when claim is null:
                    claim = ReadClaim(ref reader);
                    break;
                case "prefixes" when prefixes is null:
                    prefixes = ReadList(ref reader, static (ref reader) => ReadString(ref reader));
                    break;
                default:
                    throw new FormatException();
            }
        }

        Require(prefixes is not null);
        return new(prefixes!) { Principal = principal, Claim = claim };
    }

    private static Dictionary<string, string> ReadClaim(ref Utf8JsonReader reader)
    {
        Dictionary<string, string> claim = [];
        Require(reader.TokenType == JsonTokenType.StartObject);
        while (ReadName(ref reader) is { } name)
        {
            // No value is an empty one, which the rule for claims refuses in its own words.
            Require(claim.TryAdd(name, reader.TokenType == JsonTokenType.Null ? "" : ReadString(ref reader)));
        }

        return claim;
    }

    private delegate T ReadItem<T>(ref Utf8JsonReader reader);

    private static List<T> ReadList<T>(ref Utf8JsonReader reader, ReadItem<T> readItem)
    {
        List<T> items = [];
        Require(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(readItem(ref reader));
        }

        return items;
    }

    /// <summary>The name of the next property, at whose value the reader then is; null at the object's end.</summary>
    private static string? ReadName(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var name = reader.GetString();
        reader.Read();
        return name;
    }

    private static string ReadString(ref Utf8JsonReader reader)
    {
        Require(reader.TokenType == JsonTokenType.String);
        return reader.GetString()!;
    }

    private static void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new FormatException();
        }
    }
}
