using Parquet;

namespace S3Lister.Inventory.Tests.Parquet;

internal sealed record ParquetRow(string Bucket, string Key, long Size, DateTime LastModified, string ETag, string StorageClass);

/// <summary>Reads an inventory with Parquet.Net.</summary>
internal static class ParquetFile
{
    public static async Task<List<ParquetRow>> ReadAsync(byte[] content)
    {
        using MemoryStream stream = new(content);
        await using var reader = await ParquetReader.CreateAsync(stream);
        List<ParquetRow> rows = [];
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var section = reader.OpenRowGroupReader(group);
            var fields = reader.Schema.GetDataFields().ToDictionary(static field => field.Name);
            var count = (int)section.RowCount;
            var text = new Dictionary<string, string?[]>();
            foreach (var name in (ReadOnlySpan<string>)["bucket", "key", "e_tag", "storage_class"])
            {
                text[name] = new string?[count];
            }

            foreach (var (name, values) in text)
            {
                await section.ReadAsync(fields[name], values.AsMemory());
            }

            var sizes = new long[count];
            var times = new DateTime[count];
            await section.ReadAsync(fields["size"], sizes.AsMemory());
            await section.ReadAsync(fields["last_modified_date"], times.AsMemory());
            for (var row = 0; row < count; row++)
            {
                rows.Add(new(text["bucket"][row]!, text["key"][row]!, sizes[row], times[row], text["e_tag"][row]!, text["storage_class"][row]!));
            }
        }

        return rows;
    }
}
