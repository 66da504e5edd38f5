using CsCheck;

namespace S3Lister.Tests.Fuzz;

/// <summary>Queries, tokens and headers that could break parsers: valid and invalid ones, and parts of both.</summary>
internal static class NastyText
{
    public static readonly string[] Parameters =
    [
        "prefix", "delimiter", "start-after", "end-before", "max-keys", "continuation-token", "include", "exclude", "min-size", "max-size",
        "modified-after", "modified-before", "storage-class",
    ];

    /// <summary>Queries that list something, for a caller that can list everything.</summary>
    public static readonly string[] ValidQueries =
    [
        "", "max-keys=1", "prefix=logs%2F", "delimiter=%2F", "delimiter=%2F&max-keys=2&prefix=logs%2F", "start-after=a",
        "include=**%2F*.gz&prefix=logs%2F", "exclude=%5B!a-z%5D*&max-keys=3", "include=%7Ba,*.csv%7D&min-size=1&max-size=9MiB",
        "modified-after=2026-11-23T12:00:00Z&modified-before=2026-11-24T00:00:00.5%2B02:00", "storage-class=STANDARD,GLACIER",
        "end-before=logs%2F&start-after=%2B", "end-before=b&max-keys=2", "prefix=a+b%2F", "prefix=%F0%9F%98%80&max-keys=10000", "delimiter=a&max-keys=2", "max-keys=3&prefix=team-a%2F",
    ];

    private static readonly string[] Pieces =
    [
        "%", "%%", "%2", "%zz", "%00", "%01", "%0A", "%0D%0A", "%20", "%22", "%25", "%2525", "%26", "%2B", "%2F", "%3C", "%3D", "%5C",
        "%7B", "%7D", "%7F", "%C3", "%C3%A9", "%C0%AF", "%ED%A0%80", "%F0%9F%98%80", "%F4%90%80%80", "%FF", "%u00e9", "%c3%a9",
        "+", "&", "=", "&&", "==", ";", ",", "#", "?", "/", "//", "\\", "\"", "'", "`", "<", ">", "<script>alert(1)</script>", "${jndi:x}",
        "{{7*7}}", "../../etc/passwd", "' or 1=1--", "\0", "\u0001", "\t", "\r\n", "\r\nset-cookie: a=b", "\u001b[31m", "\u007f", "\u0085",
        "\u2028", "é", "e\u0301", "日本", "😀", "\ue000", "\ufeff", "\ufffd", "\uffff", "\ud800", "\udc00\ud800", "𝒜",
        "0", "1", "-1", "+1", "1000", "10000", "10001", "00001", "1e3", "0x10", "9223372036854775807", "9223372036854775808",
        "99999999999999999999", "1KiB", "8TiB", "9999999TiB", "NaN", "null", "true", "undefined", "١٢",
        "2026-11-23T18:19:29Z", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "2026-11-23T24:00:00Z",
        "STANDARD", "GLACIER", "standard", "*", "**", "**/", "?", "[", "]", "[!", "[^]", "[a-", "[z-a]", "{", "}", "{,}", "{a,{b,c}}",
        "{{{{{{{{{", "\\*", "a", "z", "logs/", "team-a/", "team-b%2F", "text/csv", "application/json", "*/*", ";q=0", ";q=1.5", "gzip", "br", "W/",
        new('a', 257), new('é', 513), new('%', 300), string.Concat(Enumerable.Repeat("%F0%9F%98%80", 257)), new('*', 256),
        string.Concat(Enumerable.Repeat("{a,b}", 51)),
    ];

    private static readonly Gen<string> Piece = Gen.Frequency(
        (8, Gen.OneOf(Pieces)),
        (1, Gen.OneOf(Parameters)),
        (1, Gen.Byte.Select(value => $"%{value:X2}")),
        (1, Gen.Char.Select(char.ToString)));

    public static readonly Gen<string> Text = Piece.Array[0, 8].Select(string.Concat<string>);

    private static readonly Gen<string> Name = Gen.Frequency(
        (10, Gen.OneOf(Parameters)),
        (1, Gen.OneOf("", "Prefix", "PREFIX", "prefi%78", "prefix%00", " prefix", "list-type", "top", "%C3", "prefix[]", "__proto__")),
        (1, Text));

    private static readonly Gen<string> Value = Gen.Frequency(
        (3, Gen.OneOf(Pieces)),
        (2, Text),
        (3, Gen.OneOf(ValidQueries).Select(query => query[(query.IndexOf('=', StringComparison.Ordinal) + 1)..].Split('&')[0])));

    private static readonly Gen<string> Pair = Gen.Select(
        Name, Gen.OneOf("=", "=", "=", "=", "=", "=", "", "==", "%3D"), Value, (name, equals, value) => $"{name}{equals}{value}");

    /// <summary>Each parameter at most once, with valid values, and perhaps one invalid part.</summary>
    private static readonly Gen<string> NearlyValid = Gen.Select(
        Gen.Shuffle(ValidQueries.SelectMany(query => query.Split('&')).Where(pair => pair.Length > 0).ToArray(), 0, 5),
        Gen.Frequency((2, Gen.Const("")), (1, Pair), (1, Gen.Byte[0, 127].Select(value => $"prefix=%{value:X2}"))),
        (pairs, broken) => string.Join('&', pairs.DistinctBy(pair => pair[..pair.IndexOf('=', StringComparison.Ordinal)]).Append(broken)));

    public static readonly Gen<string> Query = Gen.Frequency(
        (6, NearlyValid),
        (3, Pair.Array[1, 4].Select(pairs => string.Join('&', pairs))),
        (4, Mutant(Gen.OneOf(ValidQueries))),
        (1, Gen.OneOf(ValidQueries)),
        (1, Text),
        (1, Pair.Array[5, 40].Select(pairs => string.Join('&', pairs))));

    /// <summary>One to four edits, as a typing error, a truncation, a proxy or an attacker would make them.</summary>
    public static Gen<string> Mutant(Gen<string> original) =>
        Gen.Select(original, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4096], Gen.Int[0, 12], Piece).Array[1, 4], (text, edits) =>
            edits.Aggregate(text, (edited, edit) =>
            {
                var (kind, place, length, piece) = edit;
                var at = place % (edited.Length + 1);
                var end = Math.Min(at + length, edited.Length);
                return kind switch
                {
                    0 => edited[..at] + piece + edited[at..],
                    1 => edited[..at] + edited[end..],
                    2 => edited[..at] + piece + edited[end..],
                    3 => edited[..at] + edited[at..end] + edited[at..],
                    4 => edited[..at],
                    _ => edited[at..] + edited[..at],
                };
            }));
}
