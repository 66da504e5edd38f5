namespace S3Lister.Local.EmbeddedS3.Synthetic;

/// <summary>The shapes that the keys of buckets have, each for any number of keys.</summary>
internal static class KeyShapes
{
    private const int Digits = 12;

    private static readonly Dictionary<string, Func<long, KeySpace>> Shapes = new(StringComparer.Ordinal)
    {
        // One folder, numbers with leading zeros.
        ["flat"] = static count => new(new KeySequence(count, new NamePart("objects/object-"), new NumberPart(count, Digits, ".bin"))),

        // logs/2026/11/23/18/part-000000000000.json.gz, ten years of hours.
        ["foldered"] = static count => new(new KeySequence(
            count,
            new NamePart("logs/"),
            new NumberPart(10, 4, "/", 2016),
            new NumberPart(12, 2, "/", 1),
            new NumberPart(28, 2, "/", 1),
            new NumberPart(24, 2, "/part-"),
            new NumberPart(PerFolder(count, 10 * 12 * 28 * 24), Digits, ".json.gz"))),

        // Objects named by UUIDs: no folder, no pattern to split by but the bytes.
        ["uuid"] = static count => new(new KeySequence(count, new UuidPart(count))),

        ["timestamps"] = static count => new(new KeySequence(
            count, new NamePart("events/"), new TimestampPart(count), new NamePart("-device.json"))),

        // Ten of eleven objects in one folder among two hundred small ones.
        ["giant"] = static count => new(
            Folders("a", count / 22),
            new KeySequence(count - (2 * (count / 22)), new NamePart("m-giant/"), new NumberPart(count, Digits)),
            Folders("z", count / 22)),

        // All keys begin with the same 900 bytes.
        ["long-prefix"] = static count => new(new KeySequence(
            count, new NamePart($"{string.Concat(Enumerable.Repeat("deep/", 180))}"), new NumberPart(count, Digits))),

        // Many folders of the first level, with twenty objects each.
        ["users"] = static count => new(new KeySequence(
            count, new NamePart("user-"), new NumberPart(PerFolder(count, 20), Digits, "/"), new NumberPart(20, 2, ".jpg"))),

        // Scripts whose order in UTF-8 is not that of UTF-16, and letters that cost nine bytes in a URL.
        ["non-ascii"] = static count => new(new KeySequence(
            count,
            new NamePart("Ärger/", "São Paulo & Co/", "Ωμέγα/", "Кино/", "日本語/", "\uE000/", "😀/", "\U0010FFFD/"),
            new NumberPart(PerFolder(count, 8), Digits, " ファイル.txt"))),

        // Each folder has half as many objects as the one before.
        ["skewed"] = static count => new(Enumerable.Range(0, 40).Select(folder => new KeySequence(
            folder == 39 ? count >> 39 : (count >> folder) - (count >> (folder + 1)),
            new NamePart(string.Create(null, $"tenant-{folder:00}/data/")),
            new NumberPart(count, Digits)))),
    };

    public static IReadOnlyCollection<string> Names => Shapes.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="count">How many keys: 1 to 1,000,000,000,000.</param>
    public static KeySpace Create(string name, long count) => Shapes[name](count);

    private static KeySequence Folders(string name, long count) =>
        new(count, new NamePart($"{name}-"), new NumberPart(100, 3, "/"), new NumberPart(PerFolder(count, 100), Digits));

    private static long PerFolder(long count, long folders) => long.Max(1, (count + folders - 1) / folders);
}
