using System.Text;

namespace S3Lister.Testing;

/// <summary>
/// A simple, slow ListObjectsV2: all entries of a listing, in order. Written from S3's documentation, as a reference.
/// </summary>
internal static class NaiveListing
{
    /// <summary>UTF-8 byte order, which for these strings is the order of code points.</summary>
    public static readonly Comparer<string> Utf8Order = Comparer<string>.Create(
        (left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    /// <summary>The keys, and the common prefixes in place of the keys that begin with them.</summary>
    public static IEnumerable<Entry> Entries(
        IEnumerable<string> keys, string prefix, string delimiter, string startAfter) =>
        keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => Roll(key, prefix, delimiter))
            .Distinct()
            .Where(entry => startAfter.Length == 0 || Utf8Order.Compare(entry.Name, startAfter) > 0)
            .OrderBy(entry => entry.Name, Utf8Order);

    private static Entry Roll(string key, string prefix, string delimiter)
    {
        var index = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return index < 0 ? new Entry(key, false) : new Entry(key[..(index + delimiter.Length)], true);
    }

    internal readonly record struct Entry(string Name, bool IsCommonPrefix);
}
