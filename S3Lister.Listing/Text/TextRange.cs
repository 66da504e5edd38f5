namespace S3Lister.Listing.Text;

/// <summary>A piece of an answer's text: bytes.</summary>
internal readonly record struct TextRange(int Start, int Length)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => text.Slice(Start, Length);
}
