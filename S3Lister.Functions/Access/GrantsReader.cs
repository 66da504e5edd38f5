using System.Text;
using System.Text.Json;

namespace S3Lister.Functions.Access;

/// <summary>
/// Reads grants token by token. A serializer, which nothing else here needs, would add 5 % to the deployment package.
/// </summary>
internal static class GrantsReader
{
    /// <exception cref="JsonException">The JSON is not a list of grants; the exception has the position.</exception>
    public static IReadOnlyList<Grant> Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Utf8JsonReader reader = new(bytes);
        try
        {
            reader.Read();
            var grants = ReadList(ref reader, static (ref reader) => ReadGrant(ref reader));
            reader.Read(); // Throws if anything follows the list.
            return grants;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            // Utf8JsonReader throws InvalidOperationException for an escaped half of a surrogate pair.
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
            // A null becomes an empty value, which the validator rejects with a message about claims.
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

    /// <summary>Reads a property's name and advances to its value. Null at the end of the object.</summary>
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

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new FormatException();
        }
    }
}
