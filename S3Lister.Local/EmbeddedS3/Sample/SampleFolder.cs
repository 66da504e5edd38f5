using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Sample;

/// <summary>Objects of one kind, written at regular times until <see cref="SampleBucket.Today"/>.</summary>
/// <param name="Key">A composite format: {0} is the time, {1} a number that begins at 1, {2} one of the names.</param>
/// <param name="From">The first time, in UTC.</param>
internal sealed record SampleFolder(string Key, DateTime From)
{
    /// <summary>Since December 2024, S3 has calculated this checksum if the client sends none.</summary>
    private static readonly DateTime DefaultChecksums = new(2024, 12, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The part size of the AWS CLI, in bytes.</summary>
    private const long PartSize = 8 * 1024 * 1024;

    public IReadOnlyList<string> Names { get; init; } = [""];

    public Func<DateTime, DateTime> Next { get; init; } = static time => time.AddDays(1);

    /// <summary>Objects of each name at each time.</summary>
    public int PerTime { get; init; } = 1;

    /// <summary>The most objects of each name.</summary>
    public int Limit { get; init; } = int.MaxValue;

    public SampleSize Size { get; init; }

    public LifecycleRule Rule { get; init; } = LifecycleRule.None;

    public IEnumerable<StoredObject> Objects() => Names.SelectMany(name => Times().Take(Limit).Select((time, index) =>
        Describe(string.Format(CultureInfo.InvariantCulture, Key, time, index + 1, name), time)));

    private IEnumerable<DateTime> Times()
    {
        for (var time = From; time < SampleBucket.Today; time = Next(time))
        {
            for (var number = 0; number < PerTime; number++)
            {
                yield return time;
            }
        }
    }

    private StoredObject Describe(string key, DateTime time)
    {
        var utf8 = Encoding.UTF8.GetBytes(key);
        var random = SHA256.HashData(utf8);
        var size = key.EndsWith('/') ? 0 : Size.Select(random);
        var modified = time.AddSeconds(((random[8] << 8) | random[9]) % 3600);
        return new StoredObject(utf8, new ObjectInfo
        {
            Size = size,
            LastModified = new DateTimeOffset(modified).ToUnixTimeSeconds(),
            ETag = ETag.FromMd5(random, (ushort)(size < PartSize ? 0 : long.Min(10_000, (size + PartSize - 1) / PartSize))),
            StorageClass = Rule.ClassOf(size, SampleBucket.Today - modified),
            ChecksumAlgorithm = modified < DefaultChecksums ? ChecksumAlgorithm.None : ChecksumAlgorithm.Crc64Nvme,
        });
    }
}
