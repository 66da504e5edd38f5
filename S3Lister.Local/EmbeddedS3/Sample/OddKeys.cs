namespace S3Lister.Local.EmbeddedS3.Sample;

/// <summary>Keys that S3 allows and that break clients which treat keys as paths, lines or XML.</summary>
internal static class OddKeys
{
    public static IReadOnlyList<string> All { get; } =
    [
        "/leading slash.txt",
        ".",
        "..",
        "odd/",
        "odd//double slash.txt",
        "odd/./dot",
        "odd/../dots",
        "odd/a b c.txt",
        "odd/100%.txt",
        "odd/%41 is not A.txt",
        "odd/a+b.txt",
        "odd/a&b.txt",
        "odd/<tag>.xml",
        "odd/\"double\" and 'single'.txt",
        "odd/a=b;c,d?e#f.txt",
        "odd/back\\slash.txt",
        "odd/line\nbreak.txt",
        "odd/carriage\rreturn.txt",
        "odd/tab\tstop.txt",
        "odd/control\u0001\u001F.bin",
        "odd/delete\u007F.bin",
        "odd/ leading space",
        "odd/trailing space ",
        "odd/trailing dot.",
        "odd/CON",
        "odd/UPPER.TXT",
        "odd/upper.txt",
        "odd/ümlaut composed.txt",
        "odd/u\u0308mlaut decomposed.txt",
        "odd/日本語/ファイル.txt",
        "odd/right\u200Fto left.txt",
        "odd/emoji 😀.txt",
        "odd/order/\uE000 sorts before U+10000 in UTF-8.txt",
        "odd/order/\U00010000 sorts after U+E000 in UTF-8.txt",
        "odd/order/a-b",
        "odd/order/a.b",
        "odd/order/a/b",
        "odd/order/a0",
        "odd/not xml \uFFFE.bin",
        "odd/longest/" + new string('k', 1024 - "odd/longest/".Length),
    ];
}
