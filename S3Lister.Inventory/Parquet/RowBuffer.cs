using System.Buffers.Binary;
using S3Lister.Listing.Text;
using S3Lister.Listing.Xml;

namespace S3Lister.Inventory.Parquet;

/// <summary>Rows in the order of their keys, by column, in Parquet's encoding PLAIN.</summary>
internal sealed class RowBuffer : IDisposable
{
    private byte[] _lastKey = [];
    private int _lastLength;

    public Utf8Buffer Keys { get; } = new();

    public Utf8Buffer Sizes { get; } = new();

    public Utf8Buffer Times { get; } = new();

    public Utf8Buffer ETags { get; } = new();

    /// <summary>The number of each row's storage class, a byte each.</summary>
    public Utf8Buffer Classes { get; } = new();

    public int Rows { get; private set; }

    /// <summary>Bytes of all columns.</summary>
    public int Bytes => Keys.Length + Sizes.Length + Times.Length + ETags.Length + Classes.Length;

    /// <summary>Empty without rows.</summary>
    public byte[] FirstKey { get; private set; } = [];

    /// <summary>Empty without rows.</summary>
    public ReadOnlySpan<byte> LastKey => _lastKey.AsSpan(0, _lastLength);

    /// <summary>Adds an object whose key is after those of the rows.</summary>
    /// <param name="storageClass">The number of its storage class, below 256.</param>
    public void Add(ObjectEntry entry, int storageClass)
    {
        if (Rows++ == 0)
        {
            FirstKey = entry.Key.ToArray();
        }

        SetLastKey(entry.Key);
        AddText(Keys, entry.Key);
        AddNumber(Sizes, entry.Size);
        AddNumber(Times, (entry.LastModified.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);
        AddText(ETags, entry.ETag.Trim((byte)'"'));
        Classes.Append([(byte)storageClass]);
    }

    /// <summary>Adds rows whose keys are after those of the rows.</summary>
    public void Append(RowBuffer later)
    {
        FirstKey = Rows == 0 ? later.FirstKey : FirstKey;
        Rows += later.Rows;
        SetLastKey(later.LastKey);
        Keys.Append(later.Keys.Written);
        Sizes.Append(later.Sizes.Written);
        Times.Append(later.Times.Written);
        ETags.Append(later.ETags.Written);
        Classes.Append(later.Classes.Written);
    }

    public void Dispose()
    {
        Keys.Dispose();
        Sizes.Dispose();
        Times.Dispose();
        ETags.Dispose();
        Classes.Dispose();
    }

    private void SetLastKey(ReadOnlySpan<byte> key)
    {
        if (_lastKey.Length < key.Length)
        {
            _lastKey = new byte[key.Length * 2];
        }

        key.CopyTo(_lastKey);
        _lastLength = key.Length;
    }

    private static void AddText(Utf8Buffer column, ReadOnlySpan<byte> text)
    {
        ThriftWriter.WriteInt32(column, text.Length);
        column.Append(text);
    }

    private static void AddNumber(Utf8Buffer column, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(column.GetSpan(sizeof(long)), number);
        column.Advance(sizeof(long));
    }
}
