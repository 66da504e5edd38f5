using System.Text;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>The parameters of a query, decoded to bytes, in the order in which they were sent.</summary>
internal sealed class S3Query
{
    private readonly List<(string Name, byte[] Value)> _parameters = [];

    /// <param name="query">What follows the question mark, still encoded.</param>
    /// <returns>Null when something in it cannot be decoded.</returns>
    public static S3Query? Parse(string query)
    {
        S3Query result = new();
        foreach (var (name, value) in RawQuery.Parse(query))
        {
            if (!UriEncoding.TryDecode(name, plusIsSpace: true, out var nameBytes)
                || !UriEncoding.TryDecode(value, plusIsSpace: true, out var valueBytes))
            {
                return null;
            }

            result._parameters.Add((Encoding.UTF8.GetString(nameBytes), valueBytes));
        }

        return result;
    }

    public bool Contains(string name) => Bytes(name) is not null;

    /// <summary>The value of the first parameter of that name; null when there is none.</summary>
    public byte[]? Bytes(string name) => _parameters.Find(parameter => parameter.Name == name).Value;

    /// <inheritdoc cref="Bytes"/>
    public string? Text(string name) => Bytes(name) is { } value ? Encoding.UTF8.GetString(value) : null;
}
