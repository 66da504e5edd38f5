using System.Buffers;

namespace S3Lister.Listing.Text;

/// <summary>
/// Arrays to rent and return. The runtime's shared pool keeps some for each thread, and a response is seldom returned by
/// the thread that rented it: a process that serves one request at a time would hold its largest arrays several times.
/// What one unusual response needed is left to the garbage collector.
/// </summary>
internal static class Pool<T>
{
    /// <summary>Elements of the largest array of which many are kept. An ordinary page of S3 has a third of it in bytes.</summary>
    private const int LargestUsual = 1024 * 1024;

    /// <summary>Arrays of a usual size that are kept: S3's responses at a time.</summary>
    private const int UsualArrays = 64;

    /// <summary>Elements of the largest array that is kept at all: the longest response of Lambda's.</summary>
    private const int LargestKept = 8 * 1024 * 1024;

    /// <summary>Larger arrays of a size that are kept: the body and the envelope of one response.</summary>
    private const int LargeArrays = 2;

    private static readonly ArrayPool<T> Usual = ArrayPool<T>.Create(LargestUsual, UsualArrays);
    private static readonly ArrayPool<T> Large = ArrayPool<T>.Create(LargestKept, LargeArrays);

    public static T[] Rent(int length) => For(length).Rent(length);

    public static void Return(T[] array) => For(array.Length).Return(array);

    private static ArrayPool<T> For(int length) => length <= LargestUsual ? Usual : Large;
}
