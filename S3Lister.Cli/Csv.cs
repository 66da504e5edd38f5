namespace S3Lister.Cli;

/// <summary>CSV (RFC 4180) as the API writes it.</summary>
internal static class Csv
{
    private static ReadOnlySpan<byte> LineBreak => "\r\n"u8;

    /// <returns>The rows of a page. The header has no quotes, so it ends at the first line break.</returns>
    public static ReadOnlySpan<byte> WithoutHeader(ReadOnlySpan<byte> page) => page[(page.IndexOf(LineBreak) + LineBreak.Length)..];
}
