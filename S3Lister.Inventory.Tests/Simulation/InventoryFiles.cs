using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using S3Lister.Inventory.Tests.Parquet;
using S3Lister.Listing.Text;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>The files of a finished run, read by an independent reader of Parquet.</summary>
internal static class InventoryFiles
{
    public static async Task CheckAsync(Destination destination, BucketKeys keys)
    {
        using var manifest = JsonDocument.Parse(destination.Objects["runs/run/manifest.json"]);
        Assert.Equal("2016-11-30", manifest.RootElement.GetProperty("version").GetString());
        List<(byte[] Key, ParquetRow Row)> rows = [];
        HashSet<string> named = [];
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            var key = file.GetProperty("key").GetString()!;
            var content = destination.Objects[key];
            Assert.True(named.Add(key));
            Assert.Equal(content.Length, file.GetProperty("size").GetInt64());
#pragma warning disable CA5351 // As in S3 Inventory.
            Assert.Equal(Convert.ToHexStringLower(MD5.HashData(content)), file.GetProperty("MD5checksum").GetString());
#pragma warning restore CA5351
            var read = (await ParquetFile.ReadAsync(content)).Select(static row => (Encoding.UTF8.GetBytes(row.Key), row)).ToList();
            Assert.Equal(read.Select(static row => row.Item1).Order(KeyComparer.Instance), read.Select(static row => row.Item1));
            rows.AddRange(read);
        }

        Assert.Equal(named, destination.Objects.Keys.Where(static key => key.EndsWith(".parquet", StringComparison.Ordinal)).ToHashSet());
        rows.Sort(static (left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        Assert.Equal(keys.Count, rows.Count);
        var text = new byte[1024];
        for (var index = 0; index < rows.Count; index++)
        {
            Assert.True(rows[index].Key.AsSpan().SequenceEqual(text.AsSpan(0, keys.Write(index, text))));
            Check(index, rows[index].Row);
        }
    }

    private static void Check(int index, ParquetRow row)
    {
        var info = SyntheticObjectStore.Info(index);
        var etag = new byte[64];
        Assert.Equal("source", row.Bucket);
        Assert.Equal(info.Size, row.Size);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(info.LastModified).UtcDateTime, row.LastModified);
        Assert.Equal(Encoding.ASCII.GetString(etag, 0, info.ETag.Format(etag)), row.ETag);
        Assert.Equal((index & 7) == 0 ? "GLACIER" : "STANDARD", row.StorageClass);
    }
}
