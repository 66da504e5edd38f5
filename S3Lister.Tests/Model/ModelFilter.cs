using CsCheck;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Model;

/// <summary>A filter as a query, and as a predicate in C#.</summary>
/// <param name="Query">Begins with <c>&amp;</c>, or is empty.</param>
/// <param name="Accepts">Whether the filter accepts an object; the text is its key after the prefix.</param>
internal sealed record ModelFilter(string Query, Func<ModelObject, string, bool> Accepts)
{
    private static readonly ModelFilter None = new("", (_, _) => true);

    public static Gen<ModelFilter> All { get; } = Gen.OneOf(
        None, None, None,
        new("&include=%2A%2Aa%2A%2A", (_, rest) => rest.Contains('a', StringComparison.Ordinal)),
        new("&exclude=%2A%2F%2A", (_, rest) => rest.Count(character => character == '/') != 1),
        new("&min-size=100&max-size=600", (stored, _) => stored.Size is >= 100 and <= 600),
        new("&modified-after=2026-01-01T00%3A20%3A00Z", (stored, _) => stored.LastModified >= new DateTimeOffset(2026, 1, 1, 0, 20, 0, TimeSpan.Zero)),
        new("&storage-class=GLACIER_IR,STANDARD", (stored, _) => stored.StorageClass is StorageClass.GlacierIR or StorageClass.Standard),
        new("&min-size=5000", (_, _) => false));

    public override string ToString() => Query;
}
