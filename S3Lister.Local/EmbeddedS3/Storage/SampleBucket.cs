using System.Security.Cryptography;
using System.Text;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// A bucket to try things on: five thousand typical objects, the same every time, with keys that break programs
/// among them.
/// </summary>
internal static class SampleBucket
{
    public const int Count = 5000;

    /// <summary>Keys that S3 allows and that break clients which treat keys as paths, lines or XML.</summary>
    public static IReadOnlyList<string> OddKeys { get; } =
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

    /// <summary>A new store with the sample objects.</summary>
    public static InMemoryObjectStore Create() => new(Keys().Take(Count).Select(Describe));

    private static IEnumerable<string> Keys()
    {
        foreach (var key in OddKeys)
        {
            yield return key;
        }

        foreach (var key in People().Concat(Photos()).Concat(Logs()))
        {
            yield return key;
        }

        for (var part = 0; part < Count; part++)
        {
            yield return $"warehouse/events/year=2026/month={1 + (part % 12):00}/part-{part:00000}.snappy.parquet";
        }
    }

    private static IEnumerable<string> People()
    {
        foreach (var team in (string[])["team-a", "team-b"])
        {
            yield return $"{team}/";
            for (var month = 1; month <= 12; month++)
            {
                for (var report = 1; report <= 25; report++)
                {
                    yield return $"{team}/reports/2026-{month:00}/report-{report:000}.pdf";
                }

                yield return $"{team}/invoices/2026-{month:00}.csv";
            }
        }
    }

    private static IEnumerable<string> Photos()
    {
        yield return "photos/";
        foreach (var place in (string[])["Lisbon", "Kyoto", "Montréal", "São Paulo"])
        {
            yield return $"photos/2025/{place}/";
            for (var picture = 1; picture <= 150; picture++)
            {
                yield return $"photos/2025/{place}/IMG_{picture:0000}.JPG";
            }
        }
    }

    private static IEnumerable<string> Logs()
    {
        for (var hour = 0; hour < 60 * 24; hour++)
        {
            var time = new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour);
            yield return $"logs/api/{time:yyyy/MM/dd/HH}.log.gz";
        }
    }

    private static StoredObject Describe(string key)
    {
        var utf8 = Encoding.UTF8.GetBytes(key);
        var hash = SHA256.HashData(utf8);
        var isFolder = key.EndsWith('/');
        return new StoredObject(utf8, new ObjectInfo
        {
            // One in 64 is large, the rest are up to 4 MiB.
            Size = isFolder ? 0 : ((hash[0] << 16) | (hash[1] << 8) | hash[2]) >> (hash[3] < 4 ? 0 : 2),
            LastModified = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)
                .AddMinutes((hash[4] << 8) | hash[5])
                .AddDays(hash[6])
                .ToUnixTimeSeconds(),
            ETag = ETag.FromMd5(hash, (ushort)(hash[3] < 4 ? 3 : 0)),
            StorageClass = hash[7] switch
            {
                < 192 => StorageClass.Standard,
                < 224 => StorageClass.StandardIA,
                < 240 => StorageClass.IntelligentTiering,
                < 248 => StorageClass.GlacierIR,
                _ => StorageClass.DeepArchive,
            },
            ChecksumAlgorithm = hash[8] < 128 ? ChecksumAlgorithm.Crc64Nvme : ChecksumAlgorithm.None,
        });
    }
}
