using System.Buffers.Binary;
using S3Lister.Listing.Text;

namespace S3Lister.Inventory.Parquet;

/// <summary>Writes Thrift's compact protocol, the encoding of Parquet's page headers and footer.</summary>
/// <seealso href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md"/>
internal sealed class ThriftWriter(Utf8Buffer buffer)
{
    private const int True = 1;
    private const int False = 2;
    private const int I32Type = 5;
    private const int I64Type = 6;
    private const int BinaryType = 8;
    private const int ListType = 9;
    private const int StructType = 12;

    /// <summary>The number of the last field of each structure that is being written.</summary>
    private readonly Stack<int> _fields = new([0]);

    public void I32(int field, int value)
    {
        Field(field, I32Type);
        ZigZag(value);
    }

    public void I64(int field, long value)
    {
        Field(field, I64Type);
        ZigZag(value);
    }

    public void Boolean(int field, bool value) => Field(field, value ? True : False);

    public void Binary(int field, ReadOnlySpan<byte> value)
    {
        Field(field, BinaryType);
        Binary(value);
    }

    public void StartStruct(int field)
    {
        Field(field, StructType);
        StartStruct();
    }

    /// <summary>Starts a structure that is an element of a list, or the outermost one.</summary>
    public void StartStruct() => _fields.Push(0);

    public void EndStruct()
    {
        Byte(0);
        _fields.Pop();
    }

    public void EmptyStruct(int field)
    {
        StartStruct(field);
        EndStruct();
    }

    public void StructList(int field, int count) => List(field, StructType, count);

    public void I32List(int field, params ReadOnlySpan<int> values)
    {
        List(field, I32Type, values.Length);
        foreach (var value in values)
        {
            ZigZag(value);
        }
    }

    public void BinaryList(int field, ReadOnlySpan<byte> only)
    {
        List(field, BinaryType, 1);
        Binary(only);
    }

    public static void WriteVarInt(Utf8Buffer target, ulong value)
    {
        var bytes = target.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        target.Advance(length);
    }

    public static void WriteInt32(Utf8Buffer target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(sizeof(int)), value);
        target.Advance(sizeof(int));
    }

    private void List(int field, int elementType, int count)
    {
        Field(field, ListType);
        if (count < 15)
        {
            Byte((byte)((count << 4) | elementType));
        }
        else
        {
            Byte((byte)(0xF0 | elementType));
            WriteVarInt(buffer, (ulong)count);
        }
    }

    private void Field(int field, int type)
    {
        var delta = field - _fields.Pop();
        _fields.Push(field);
        Byte((byte)((delta << 4) | type)); // Parquet's structures have no gaps of more than 15 fields.
    }

    private void Binary(ReadOnlySpan<byte> value)
    {
        WriteVarInt(buffer, (ulong)value.Length);
        buffer.Append(value);
    }

    private void ZigZag(long value) => WriteVarInt(buffer, (ulong)((value << 1) ^ (value >> 63)));

    private void Byte(byte value) => buffer.Append([value]);
}
