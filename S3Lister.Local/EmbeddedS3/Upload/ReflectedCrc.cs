namespace S3Lister.Local.EmbeddedS3.Upload;

/// <summary>The cyclic redundancy checks of S3. They differ in polynomial and width only.</summary>
internal sealed class ReflectedCrc
{
    private readonly ulong[] _table = new ulong[256];
    private readonly ulong _ones;
    private ulong _state;

    /// <param name="polynomial">The polynomial, lowest term in the highest bit.</param>
    /// <param name="bytes">The width: 4 or 8.</param>
    public ReflectedCrc(ulong polynomial, int bytes)
    {
        Bytes = bytes;
        _state = _ones = ulong.MaxValue >> (64 - (bytes * 8));
        for (var value = 0; value < _table.Length; value++)
        {
            var remainder = (ulong)value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ polynomial;
            }

            _table[value] = remainder;
        }
    }

    public int Bytes { get; }

    public ulong Value => _state ^ _ones;

    public void Append(ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            _state = _table[(byte)(_state ^ value)] ^ (_state >> 8);
        }
    }
}
