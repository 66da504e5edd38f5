using S3Lister.Listing.Text;

namespace S3Lister.Listing.Tallies;

/// <summary>A cube and the edges of its classes as JSON.</summary>
internal static class CubeJson
{
    /// <summary>Writes the edges of the age and size classes as the property <c>edges</c>.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="modified">The edges of the age classes, in UTC and ascending order.</param>
    public static void WriteEdges(ref JsonWriter json, IEnumerable<DateTime> modified)
    {
        json.StartObject("edges"u8);
        json.StartArray("modified"u8);
        foreach (var edge in modified)
        {
            json.Instant(edge);
        }

        json.EndArray();
        json.StartArray("size"u8);
        foreach (var edge in SizeClasses.All.Edges)
        {
            json.Number(edge);
        }

        json.EndArray();
        json.EndObject();
    }

    /// <summary>Writes the cells as elements of an array.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="cube">The cells.</param>
    /// <param name="classes">The names of their storage classes.</param>
    public static void WriteCells(ref JsonWriter json, CubeTally cube, StorageClassTally classes)
    {
        foreach (var (age, size, storageClass, sums) in cube.Cells)
        {
            json.StartObject();
            json.Number("age"u8, age);
            json.Number("size"u8, size);
            json.String("storageClass"u8, classes.Name(storageClass));
            json.Sums(sums);
            json.EndObject();
        }
    }
}
