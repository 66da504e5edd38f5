using System.Buffers;

namespace S3Lister.Listing.Text;

/// <summary>
/// Array pools of this process. <see cref="ArrayPool{T}.Shared"/> keeps arrays for each thread, and a response is seldom
/// returned by the thread that rented it: a process that serves one request at a time would keep its largest arrays several
/// times. Arrays above <see cref="MaxPooledLength"/> are left to the garbage collector.
/// </summary>
internal static class Pool<T>
{
    /// <summary>Elements. A typical page of S3 has a third of it in bytes.</summary>
    private const int MaxSmallLength = 1024 * 1024;

    /// <summary>The number of small arrays kept of each size: more than there are requests to S3 in flight.</summary>
    private const int SmallArrays = 64;

    /// <summary>Elements. More bytes than Lambda's largest response.</summary>
    private const int MaxPooledLength = 8 * 1024 * 1024;

    /// <summary>The number of large arrays kept of each size: the body and the envelope of one response.</summary>
    private const int LargeArrays = 2;

    private static readonly ArrayPool<T> Small = ArrayPool<T>.Create(MaxSmallLength, SmallArrays);
    private static readonly ArrayPool<T> Large = ArrayPool<T>.Create(MaxPooledLength, LargeArrays);

    public static T[] Rent(int length) => For(length).Rent(length);

    public static void Return(T[] array) => For(array.Length).Return(array);

    private static ArrayPool<T> For(int length) => length <= MaxSmallLength ? Small : Large;
}
