using S3Lister.Cli.Output;

namespace S3Lister.Cli.Tests;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("a b/ü日😀~", "a b/ü日😀~")]
    [InlineData("\u001b[31m\n\r\t\0\u007f\u009b", "\\x1B[31m\\x0A\\x0D\\x09\\x00\\x7F\\x9B")]
    [InlineData("\u202Egpj.exe\u2066\u200E\u061C", "\\u{202E}gpj.exe\\u{2066}\\u{200E}\\u{61C}")]
    [InlineData("a\u200Bb\u200Dc\uFEFFd\u2060", "a\\u{200B}b\\u{200D}c\\u{FEFF}d\\u{2060}")]
    [InlineData("\u2028\u2029\uFFFE\uFE0F\U000E0041", "\\u{2028}\\u{2029}\\u{FFFE}\\u{FE0F}\\u{E0041}")]
    [InlineData("a\u00ADb\u3164", "a\\xADb\\u{3164}")]
    public void Characters_That_Act_On_A_Terminal_Are_Escaped(string text, string escaped) => Assert.Equal(escaped, TerminalText.Escape(text));
}
