namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// Some hundred neighbouring objects, immutable. The keys lie in one array, one after the other: a million keys are
/// a few thousand objects for the garbage collector, and a page reads memory from front to back.
/// </summary>
internal sealed class KeyBlock
{
    /// <summary>A block that would grow beyond this is cut in two: a write copies a block, some 30 KB.</summary>
    public const int Capacity = 512;

    private readonly byte[] _keys;
    private readonly int[] _ends;
    private readonly ObjectInfo[] _infos;

    public KeyBlock(ReadOnlySpan<StoredObject> objects)
    {
        var bytes = 0;
        foreach (ref readonly var stored in objects)
        {
            bytes += stored.Key.Length;
        }

        _keys = GC.AllocateUninitializedArray<byte>(bytes);
        _ends = new int[objects.Length];
        _infos = new ObjectInfo[objects.Length];
        var end = 0;
        for (var index = 0; index < objects.Length; index++)
        {
            var key = objects[index].Key.Span;
            key.CopyTo(_keys.AsSpan(end));
            _ends[index] = end += key.Length;
            _infos[index] = objects[index].Info;
        }
    }

    public int Count => _ends.Length;

    public ref readonly ObjectInfo Info(int index) => ref _infos[index];

    public ReadOnlySpan<byte> Key(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _keys.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Where the first key is that is not before <paramref name="key"/>; <see cref="Count"/> if none.</summary>
    public int LowerBound(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Key(middle).SequenceCompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The objects, for a changed copy of this block.</summary>
    public List<StoredObject> ToList()
    {
        var objects = new List<StoredObject>(Count + 1);
        for (var index = 0; index < Count; index++)
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            objects.Add(new StoredObject(_keys.AsMemory(start, _ends[index] - start), _infos[index]));
        }

        return objects;
    }
}
