using S3Lister.Listing.Text;

namespace S3Lister.Listing.Tallies;

/// <summary>Sums as JSON.</summary>
internal static class SumsJson
{
    /// <summary>Writes the two properties into the current object.</summary>
    public static void Sums(this ref JsonWriter json, Sums sums)
    {
        json.Number("objects"u8, sums.Objects);
        json.Number("bytes"u8, sums.Bytes);
    }

    /// <summary>Writes an object as a property.</summary>
    public static void Sums(this ref JsonWriter json, ReadOnlySpan<byte> name, Sums sums)
    {
        json.StartObject(name);
        json.Sums(sums);
        json.EndObject();
    }

    /// <summary>Writes an object with a name as an element of an array.</summary>
    public static void NamedSums(this ref JsonWriter json, ReadOnlySpan<byte> field, ReadOnlySpan<byte> name, Sums sums)
    {
        json.StartObject();
        json.String(field, name);
        json.Sums(sums);
        json.EndObject();
    }
}
