namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>Goes through the blocks of an <see cref="InMemoryObjectStore"/> as they were when it was made.</summary>
internal sealed class BlockCursor(KeyBlock[] blocks) : IObjectCursor
{
    private int _block;
    private int _index;

    public ReadOnlySpan<byte> Key => blocks[_block].Key(_index);

    public ObjectInfo Info => blocks[_block].Info(_index);

    public bool Seek(ReadOnlySpan<byte> key)
    {
        _block = BlockOf(blocks, key);
        if (_block < 0)
        {
            return false;
        }

        _index = blocks[_block].LowerBound(key) - 1;
        return MoveNext();
    }

    public bool MoveNext()
    {
        if (++_index == blocks[_block].Count)
        {
            if (_block + 1 == blocks.Length)
            {
                return false;
            }

            _block++;
            _index = 0;
        }

        return true;
    }

    /// <summary>The last block that begins at or before the key; the first when none does; -1 without any.</summary>
    public static int BlockOf(KeyBlock[] blocks, ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, blocks.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (blocks[middle].Key(0).SequenceCompareTo(key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 || blocks.Length == 0 ? low - 1 : 0;
    }
}
