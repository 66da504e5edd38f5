using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Synthetic;

/// <summary>
/// Keys that are made of one text of each part, in their byte order: the last part changes with each key, as the last
/// digit of a number does. No key is kept.
/// </summary>
internal sealed class KeySequence
{
    private readonly KeyPart[] _parts;

    /// <param name="count">How many of the possible keys there are, from the first on; all of them for -1.</param>
    /// <param name="parts">What a key is made of, in this order.</param>
    public KeySequence(long count, params KeyPart[] parts)
    {
        _parts = parts;
        var possible = parts.Aggregate(1L, static (product, part) => checked(product * part.Count));
        Count = count < 0 ? possible : long.Min(count, possible);
    }

    public long Count { get; }

    /// <summary>Writes key <paramref name="index"/> and returns its length.</summary>
    public int Write(long index, Span<byte> destination)
    {
        Span<long> texts = stackalloc long[_parts.Length];
        for (var part = _parts.Length - 1; part >= 0; part--)
        {
            (index, texts[part]) = long.DivRem(index, _parts[part].Count);
        }

        var length = 0;
        for (var part = 0; part < _parts.Length; part++)
        {
            length += _parts[part].Write(texts[part], destination[length..]);
        }

        return length;
    }

    /// <summary>The index of the first key that is not before <paramref name="key"/>; <see cref="Count"/> for none.</summary>
    public long Find(ReadOnlySpan<byte> key)
    {
        Span<byte> room = stackalloc byte[S3Limits.MaxKeyBytes];
        var index = 0L;
        var exact = true;
        foreach (var part in _parts)
        {
            index *= part.Count;
            if (exact)
            {
                var (text, length) = part.Find(key, room);
                index += text;
                exact = length > 0;
                key = key[length..];
            }
        }

        // A longer key sorts after the key that it begins with.
        return long.Min(exact && !key.IsEmpty ? index + 1 : index, Count);
    }
}
