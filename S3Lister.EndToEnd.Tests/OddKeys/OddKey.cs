using System.Security.Cryptography;
using System.Text;

namespace S3Lister.EndToEnd.Tests.OddKeys;

/// <summary>Keys that are valid in S3 and often mishandled, grouped by what is odd about them.</summary>
internal static class OddKey
{
    /// <summary>U+0000, which not every server accepts.</summary>
    public static string[] Nul { get; } = ["\0", "a\0", "\0a", "a\0b", "\0\0"];

    /// <summary>U+000A, which not every server accepts.</summary>
    public static string[] LineFeed { get; } = ["\n", "a\n", "\na", "a\nb", "a\r\nb", "\r\n", "\n\n", "a\n/\nb\n", "\n=1"];

    private static readonly string[] Slashes =
    [
        "/", "//", "///", "/a", "//a", "a/", "a//", "a//b", "a/b/", ".", "..", "...", "./a", "../a", "a/.", "a/..",
        "a/./b", "a/../b", "../../etc/passwd", "C:\\a", "a/\\", "a-b", "a.b", "a0", "a", "http://a/b?c#d",
    ];

    private static readonly string[] Spreadsheets =
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "'", "=", "-", "@", "\"=1\"", ",=1", ";=1", "=\"a\",\"b\"",
        "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://a/\",\"b\")", "\uFF1D1+1",
    ];

    private static readonly string[] Planes =
    [
        "\uD7FF", "\uE000", "\uFDD0", "\uFEFF", "\uFEFFa", "\uFFFD", "\uFFFE", "\uFFFF", "\U00010000", "\U0001F600", "\U0010FFFF",
        "\u00E9", "e\u0301", "\u200Fa", "\u202Ea", "a\u2028b", "a\u2029b", "\u0130", "\uFF0F", "\U0001F469\u200D\U0001F680",
    ];

    private static readonly string[] Longest =
    [
        .. ((string[])["k", "\u00E9", "\uFFFF", "\U0001F600", "\u0001", "\"", "'", "%", "+", " ", "<", "&", "/", "\\", "\r"]).Select(unit =>
            string.Concat(Enumerable.Repeat(unit, 1024 / Encoding.UTF8.GetByteCount(unit)))),
    ];

    /// <summary>All the others.</summary>
    public static string[] Others { get; } =
    [
        .. ControlCharacters(), .. Marks(), .. Slashes, .. Spreadsheets, .. Planes, .. Longest,
    ];

    /// <summary>Keys of one to sixteen characters of all these kinds, always the same.</summary>
    public static IEnumerable<string> Random(int count) => Enumerable.Range(0, count).Select(static i =>
    {
        var hash = SHA256.HashData(BitConverter.GetBytes(i));
        StringBuilder key = new();
        for (var place = 1; place <= 1 + (hash[0] % 16); place++)
        {
            key.Append((hash[place] >> 5, hash[place] & 31) switch
            {
                (0, var low) => (char)(low is 0 or '\n' ? 0x7F : low),
                (1, var low) => (char)(0x20 + low),
                (2, var low) => "/.+%&<>\"'=-@ \t\r,;\\?#"[low % 20],
                (3, var low) => (char)(0x80 + low),
                (4, var low) => (char)(0xE000 + low),
                (5, var low) => (char)(0xFFFF - low),
                (6, var low) => char.ConvertFromUtf32(0x10000 + low),
                (_, var low) => (char)('a' + (low % 3)),
            });
        }

        return key.ToString();
    });

    private static IEnumerable<string> ControlCharacters() =>
        from control in Enumerable.Range(0x01, 0x1F).Concat(Enumerable.Range(0x7F, 0x21)).Select(value => (char)value)
        where control != '\n'
        from key in (string[])[$"{control}", $"a{control}", $"{control}a", $"a{control}b", $"a/{control}/"]
        select key;

    private static IEnumerable<string> Marks() =>
        (from mark in "+%&<>\"' ?#=;,@!$*():[]{}|\\^~`_"
         from key in (string[])[$"m{mark}", $"{mark}m", $"m{mark}m", $"{mark}{mark}m", $"m/{mark}/m"]
         select key)
        .Concat(["%41", "%zz", "%", "%%", "%2F", "%0A", "&amp;", "&#x1;", "&", "<![CDATA[m]]>", "]]>", "<!--", "</Key>", "\\n", "\\u0000", "\"\"", " ", "  "]);
}
