using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace S3Lister.Local.EmbeddedS3.Synthetic;

/// <summary>Texts from a table.</summary>
internal sealed class NamePart(params string[] names) : KeyPart(names.Length)
{
    private readonly byte[][] _names =
        [.. names.Select(Encoding.UTF8.GetBytes).Order(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];

    public override int Write(long index, Span<byte> destination)
    {
        var name = _names[index];
        name.CopyTo(destination);
        return name.Length;
    }
}

/// <summary>Whole numbers from <paramref name="first"/> on with leading zeros, and what follows each.</summary>
internal sealed class NumberPart(long count, int digits, string after = "", long first = 0) : KeyPart(count)
{
    private readonly byte[] _after = Encoding.UTF8.GetBytes(after);

    public override int Write(long index, Span<byte> destination)
    {
        var number = (ulong)(index + first);
        for (var place = digits - 1; place >= 0; place--)
        {
            (number, var digit) = ulong.DivRem(number, 10);
            destination[place] = (byte)('0' + digit);
        }

        _after.CopyTo(destination[digits..]);
        return digits + _after.Length;
    }
}

/// <summary>
/// Texts in the form of UUIDs. The first half of the bits grows evenly with the index, with a remainder that looks
/// random, as the sorted values of a hash do; the second half looks random.
/// </summary>
internal sealed class UuidPart(long count) : KeyPart(count)
{
    private readonly ulong _step = count > 1 ? ulong.MaxValue / (ulong)count : ulong.MaxValue;

    public override int Write(long index, Span<byte> destination)
    {
        var high = ((ulong)index * _step) + (Hash.Of((ulong)index) % _step);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Hash.Of(high));
        _ = new Guid(bytes, bigEndian: true).TryFormat(destination, out var length);
        return length;
    }
}

/// <summary>Instants in ISO 8601 with milliseconds, evenly over the ten years from 2016 on.</summary>
internal sealed class TimestampPart(long count) : KeyPart(count)
{
    private const int Length = 23;
    private static readonly DateTime First = new(2016, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly long Milliseconds = (long)(First.AddYears(10) - First).TotalMilliseconds;

    private readonly long _step = long.Max(1, Milliseconds / long.Max(1, count));

    public override int Write(long index, Span<byte> destination)
    {
        _ = Utf8Formatter.TryFormat(First.AddMilliseconds(index * _step), destination, out _, new('O'));
        destination[Length] = (byte)'Z';
        return Length + 1;
    }
}

/// <summary>A permutation of the 64-bit numbers in which neighbours look unrelated (the finalizer of MurmurHash3).</summary>
internal static class Hash
{
    public static ulong Of(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
