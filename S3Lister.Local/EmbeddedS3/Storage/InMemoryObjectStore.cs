using System.Runtime.InteropServices;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// Objects in memory. Readers work on the blocks as they were when their request began and take no lock; a writer
/// publishes a new array of blocks in which one is changed.
/// </summary>
internal sealed class InMemoryObjectStore : IObjectStore
{
    private const int LoadedBlockSize = KeyBlock.Capacity * 3 / 4;

    private readonly Lock _writing = new();
    private volatile KeyBlock[] _blocks = [];

    public InMemoryObjectStore()
    {
    }

    /// <summary>Loads many objects at once, in any order; of equal keys the last one stays.</summary>
    public InMemoryObjectStore(IEnumerable<StoredObject> objects)
    {
        var sorted = Sorted(objects);
        _blocks = new KeyBlock[(sorted.Length + LoadedBlockSize - 1) / LoadedBlockSize];
        for (var index = 0; index < _blocks.Length; index++)
        {
            var start = index * LoadedBlockSize;
            _blocks[index] = new KeyBlock(sorted[start..int.Min(start + LoadedBlockSize, sorted.Length)]);
        }
    }

    public IObjectCursor OpenCursor() => new BlockCursor(_blocks);

    public void Put(ReadOnlySpan<byte> key, in ObjectInfo info)
    {
        var stored = new StoredObject(key.ToArray(), info);
        lock (_writing)
        {
            var (block, index) = Locate(key);
            if (block < 0)
            {
                _blocks = [new KeyBlock([stored])];
                return;
            }

            var objects = _blocks[block].ToList();
            if (index < objects.Count && objects[index].Key.Span.SequenceEqual(key))
            {
                objects[index] = stored;
            }
            else
            {
                objects.Insert(index, stored);
            }

            Replace(block, objects);
        }
    }

    public void Delete(ReadOnlySpan<byte> key)
    {
        lock (_writing)
        {
            var (block, index) = Locate(key);
            if (block < 0 || index == _blocks[block].Count || !_blocks[block].Key(index).SequenceEqual(key))
            {
                return;
            }

            var objects = _blocks[block].ToList();
            objects.RemoveAt(index);
            Replace(block, objects);
        }
    }

    private static ReadOnlySpan<StoredObject> Sorted(IEnumerable<StoredObject> objects)
    {
        // LINQ's order is stable: of equal keys the one that came last is last.
        var sorted = objects.Order(Comparer<StoredObject>.Create(
            static (left, right) => left.Key.Span.SequenceCompareTo(right.Key.Span))).ToArray();
        var kept = 0;
        for (var index = 0; index < sorted.Length; index++)
        {
            if (index + 1 == sorted.Length || !sorted[index].Key.Span.SequenceEqual(sorted[index + 1].Key.Span))
            {
                sorted[kept++] = sorted[index];
            }
        }

        return sorted.AsSpan(0, kept);
    }

    /// <summary>The block that has or would take the key, and the place in it; -1 when there is no block.</summary>
    private (int Block, int Index) Locate(ReadOnlySpan<byte> key)
    {
        var block = BlockCursor.BlockOf(_blocks, key);
        return (block, block < 0 ? 0 : _blocks[block].LowerBound(key));
    }

    private void Replace(int block, List<StoredObject> objects)
    {
        var changed = CollectionsMarshal.AsSpan(objects);
        KeyBlock[] replacement = changed.Length switch
        {
            0 => [],
            > KeyBlock.Capacity => [new(changed[..(changed.Length / 2)]), new(changed[(changed.Length / 2)..])],
            _ => [new(changed)],
        };
        _blocks = [.. _blocks.AsSpan(0, block), .. replacement, .. _blocks.AsSpan(block + 1)];
    }
}
