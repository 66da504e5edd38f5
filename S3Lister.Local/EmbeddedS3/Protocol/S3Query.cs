using System.Text;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>The query of a request, decoded to bytes, in the order in which it was written.</summary>
internal sealed class S3Query
{
    private readonly List<(string Name, byte[] Value)> _parameters = [];

    private S3Query()
    {
    }

    /// <param name="query">What follows the question mark, still encoded.</param>
    /// <param name="result">The parameters.</param>
    /// <returns>False when something in it cannot be decoded.</returns>
    public static bool TryParse(ReadOnlySpan<char> query, out S3Query result)
    {
        result = new S3Query();
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            if (parameter.IsEmpty)
            {
                continue;
            }

            var equals = parameter.IndexOf('=');
            var name = equals < 0 ? parameter : parameter[..equals];
            var value = equals < 0 ? [] : parameter[(equals + 1)..];
            if (!PercentDecoder.TryDecodeQuery(name, out var nameBytes)
                || !PercentDecoder.TryDecodeQuery(value, out var valueBytes))
            {
                return false;
            }

            result._parameters.Add((Encoding.UTF8.GetString(nameBytes), valueBytes));
        }

        return true;
    }

    public bool Contains(string name) => Bytes(name) is not null;

    /// <summary>The value of the first parameter of that name, or null when there is none.</summary>
    public byte[]? Bytes(string name)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.Name == name)
            {
                return parameter.Value;
            }
        }

        return null;
    }

    /// <inheritdoc cref="Bytes"/>
    public string? Text(string name) => Bytes(name) is { } value ? Encoding.UTF8.GetString(value) : null;
}
