using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Parquet;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Text;

namespace S3Lister.Inventory.Finishing;

/// <summary>The manifest in the format of S3 Inventory, version 2016-11-30, and the files beside it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html"/>
internal static class Manifest
{
    public static Utf8Buffer Create(InventoryOptions options, InventoryJob job, IReadOnlyList<FileRecord> files)
    {
        Utf8Buffer text = new();
        JsonWriter json = new(text);
        json.StartObject();
        json.String("sourceBucket"u8, options.Bucket);
        json.String("destinationBucket"u8, $"arn:aws:s3:::{options.Destination}");
        json.String("version"u8, "2016-11-30");
        json.String("creationTimestamp"u8, job.Started.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        json.String("fileFormat"u8, "Parquet");
        json.String("fileSchema"u8, InventorySchema.Text);
        json.StartArray("files"u8);
        foreach (var file in files)
        {
            json.StartObject();
            json.String("key"u8, file.Key);
            json.Number("size"u8, file.Size);
            json.String("MD5checksum"u8, file.Md5);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        return text;
    }

    /// <summary>The MD5 of the manifest in hexadecimal digits.</summary>
    public static byte[] Checksum(Utf8Buffer manifest) =>
#pragma warning disable CA5351 // As in S3 Inventory. It protects nothing.
        Encoding.UTF8.GetBytes(Convert.ToHexStringLower(MD5.HashData(manifest.Written)));
#pragma warning restore CA5351

    /// <summary>The URLs of the files, a line each, for tables of Hive.</summary>
    public static byte[] Symlink(InventoryOptions options, IReadOnlyList<FileRecord> files) =>
        Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"s3://{options.Destination}/{file.Key}\n")));
}
