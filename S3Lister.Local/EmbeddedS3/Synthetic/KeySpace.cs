namespace S3Lister.Local.EmbeddedS3.Synthetic;

/// <summary>Sequences of keys, one after the other in byte order.</summary>
internal sealed class KeySpace
{
    private readonly KeySequence[] _sequences;
    private readonly long[] _starts;

    /// <param name="sequences">In order; all keys of one are before those of the next. Empty ones are left out.</param>
    public KeySpace(params IEnumerable<KeySequence> sequences)
    {
        _sequences = [.. sequences.Where(sequence => sequence.Count > 0)];
        _starts = new long[_sequences.Length];
        foreach (var (place, sequence) in _sequences.Index())
        {
            _starts[place] = Count;
            Count += sequence.Count;
        }
    }

    public long Count { get; }

    /// <summary>Writes key <paramref name="index"/> and returns its length.</summary>
    public int Write(long index, Span<byte> destination)
    {
        var place = SequenceOf(index);
        return _sequences[place].Write(index - _starts[place], destination);
    }

    /// <summary>The index of the first key that is not before <paramref name="key"/>; <see cref="Count"/> for none.</summary>
    public long Find(ReadOnlySpan<byte> key)
    {
        // In the first sequence that has such a key.
        var (low, high, found) = (0, _sequences.Length, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var index = _sequences[middle].Find(key);
            if (index == _sequences[middle].Count)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
                found = _starts[middle] + index;
            }
        }

        return found;
    }

    private int SequenceOf(long index)
    {
        var place = Array.BinarySearch(_starts, index);
        return place >= 0 ? place : ~place - 1;
    }
}
