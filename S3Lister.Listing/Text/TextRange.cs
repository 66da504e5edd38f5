namespace S3Lister.Listing.Text;

/// <summary>Part of a response's text, in bytes.</summary>
internal readonly record struct TextRange(int Start, int Length)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => text.Slice(Start, Length);
}
