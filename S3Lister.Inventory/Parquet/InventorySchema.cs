namespace S3Lister.Inventory.Parquet;

/// <summary>Parquet's names for the physical types that an inventory has.</summary>
internal enum ParquetType
{
    Int64 = 2,
    ByteArray = 6,
}

/// <summary>The columns of an inventory, with the names of S3 Inventory.</summary>
internal static class InventorySchema
{
    public const int Key = 1;

    /// <summary>As the manifest of S3 Inventory describes it.</summary>
    public const string Text =
        "message s3.inventory { required binary bucket (STRING); required binary key (STRING); required int64 size; "
        + "required int64 last_modified_date (TIMESTAMP(MILLIS,true)); required binary e_tag (STRING); required binary storage_class (STRING); }";

    private const int Utf8 = 0;
    private const int TimestampMillis = 9;

    /// <summary>Names, types, and converted types (null for a number).</summary>
    private static readonly (string Name, ParquetType Type, int? ConvertedType)[] Fields =
    [
        ("bucket", ParquetType.ByteArray, Utf8),
        ("key", ParquetType.ByteArray, Utf8),
        ("size", ParquetType.Int64, null),
        ("last_modified_date", ParquetType.Int64, TimestampMillis),
        ("e_tag", ParquetType.ByteArray, Utf8),
        ("storage_class", ParquetType.ByteArray, Utf8),
    ];

    public static int Count => Fields.Length;

    public static ReadOnlySpan<byte> Name(int column) => System.Text.Encoding.UTF8.GetBytes(Fields[column].Name);

    public static ParquetType Type(int column) => Fields[column].Type;

    /// <summary>Writes the list of <c>SchemaElement</c>: the root and the columns.</summary>
    public static void Write(ThriftWriter thrift, int field)
    {
        thrift.StructList(field, Fields.Length + 1);
        thrift.StartStruct();
        thrift.Binary(4, "s3.inventory"u8);
        thrift.I32(5, Fields.Length);
        thrift.EndStruct();
        foreach (var (name, type, convertedType) in Fields)
        {
            thrift.StartStruct();
            thrift.I32(1, (int)type);
            thrift.I32(3, 0); // Required.
            thrift.Binary(4, System.Text.Encoding.UTF8.GetBytes(name));
            if (convertedType is { } converted)
            {
                thrift.I32(6, converted);
                WriteLogicalType(thrift, converted);
            }

            thrift.EndStruct();
        }
    }

    private static void WriteLogicalType(ThriftWriter thrift, int convertedType)
    {
        thrift.StartStruct(10);
        if (convertedType == Utf8)
        {
            thrift.EmptyStruct(1);
        }
        else
        {
            thrift.StartStruct(8);
            thrift.Boolean(1, true); // Adjusted to UTC.
            thrift.StartStruct(2);
            thrift.EmptyStruct(1); // Milliseconds.
            thrift.EndStruct();
            thrift.EndStruct();
        }

        thrift.EndStruct();
    }
}
