using System.Text;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Permissions;

/// <summary>Sets of keys, each described by the prefixes of its keys.</summary>
internal static class PrefixSet
{
    /// <summary>The keys that begin with a prefix of both lists.</summary>
    /// <returns>
    /// The fewest prefixes that describe them: none begins with another one. In UTF-8 byte order; empty if there are no such keys.
    /// </returns>
    public static IReadOnlyList<string> Intersect(IEnumerable<string> first, IReadOnlyList<string> second)
    {
        var common =
            from a in first
            from b in second
            where Covers(a, b) || Covers(b, a)
            select a.Length > b.Length ? a : b;

        List<string> fewest = [];
        foreach (var prefix in common.OrderBy(Encoding.UTF8.GetBytes, KeyComparer.Instance))
        {
            // In this order, a prefix comes directly before everything that begins with it.
            if (fewest is not [.., var last] || !Covers(last, prefix))
            {
                fewest.Add(prefix);
            }
        }

        return fewest;
    }

    private static bool Covers(string prefix, string text) => text.StartsWith(prefix, StringComparison.Ordinal);
}
