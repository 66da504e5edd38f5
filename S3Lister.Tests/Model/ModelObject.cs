using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Model;

/// <summary>An object of the model. Size, date and storage class follow from its number.</summary>
internal sealed record ModelObject(string Key, int Number)
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public long Size => Number * 7919L % 1000;

    public DateTimeOffset LastModified => Epoch.AddSeconds(Number * 104_729L % 5000);

    public StorageClass StorageClass => (Number % 3) switch { 0 => StorageClass.Standard, 1 => StorageClass.StandardIA, _ => StorageClass.GlacierIR };

    public StoredObject Stored => new(Encoding.UTF8.GetBytes(Key), new ObjectInfo
    {
        Size = Size,
        LastModified = LastModified.ToUnixTimeSeconds(),
        ETag = new ETag(1, (ulong)Number, 0),
        StorageClass = StorageClass,
    });

    public S3Object ToS3() => new()
    {
        Key = S3Double.Encode(Key),
        Size = Size,
        LastModified = LastModified.UtcDateTime,
        ETag = Number % 4 == 0 ? null : $"\"{Number:x32}\"",
        StorageClass = StorageClass switch
        {
            StorageClass.Standard => null,
            StorageClass.StandardIA => S3StorageClass.StandardInfrequentAccess,
            _ => S3StorageClass.GlacierInstantRetrieval,
        },
    };
}
