using System.Buffers;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>A bucket of the embedded S3.</summary>
/// <param name="Name">Its name, by S3's rules.</param>
/// <param name="Region">Where it is.</param>
/// <param name="Store">What is in it.</param>
/// <param name="Created">When it was made.</param>
internal sealed record S3Bucket(string Name, string Region, IObjectStore Store, DateTimeOffset Created)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>S3's rules for names of general purpose buckets.</summary>
    public static bool IsValidName(string name) =>
        name.Length is >= 3 and <= 63
        && !name.AsSpan().ContainsAnyExcept(NameCharacters)
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !System.Net.IPAddress.TryParse(name, out _)
        && !name.StartsWith("xn--", StringComparison.Ordinal)
        && !name.EndsWith("-s3alias", StringComparison.Ordinal)
        && !name.EndsWith("--x-s3", StringComparison.Ordinal);
}
