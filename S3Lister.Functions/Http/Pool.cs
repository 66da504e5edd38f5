using System.Buffers;

namespace S3Lister.Functions.Http;

/// <summary>
/// Arrays to be used again. The runtime's shared pool keeps some for each thread, and an answer is seldom given back by
/// the thread that took it: a process that serves one request at a time would hold its largest arrays several times.
/// </summary>
internal static class Pool<T>
{
    /// <summary>Elements of the largest that is kept: S3's longest answer.</summary>
    private const int LargestArray = 16 * 1024 * 1024;

    /// <summary>Arrays of a size that are kept: S3's answers at a time.</summary>
    private const int Arrays = 64;

    private static readonly ArrayPool<T> Own = ArrayPool<T>.Create(LargestArray, Arrays);

    public static T[] Rent(int length) => Own.Rent(length);

    public static void Return(T[] array) => Own.Return(array);
}
