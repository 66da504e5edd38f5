using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Listing;

/// <summary>ListObjectsV2 itself: from a cursor, a query and a place to begin to a page.</summary>
/// <remarks>
/// The entries of a listing are keys and common prefixes, sorted together. start-after leaves out the entries up to
/// and with it, so a common prefix that it lies in is left out too, with all that is in it. A page ends where its last
/// entry ends: for a common prefix that is after all keys that begin with it, so no page repeats it.
/// </remarks>
internal static class ListingWalk
{
    /// <summary>Where a listing without a token begins, inclusive.</summary>
    public static byte[] Begin(ListObjectsQuery query)
    {
        var after = query.StartAfter;
        if (after.Length == 0)
        {
            return query.Prefix;
        }

        var group = after.AsSpan().StartsWith(query.Prefix) ? CommonPrefix(query, after) : 0;
        return group > 0 ? After(after.AsSpan(0, group)) : [.. after, 0];
    }

    /// <summary>Fills a page with the entries from <paramref name="begin"/> on.</summary>
    public static void Fill(ListingPage page, ListObjectsQuery query, ReadOnlySpan<byte> begin, IObjectCursor cursor)
    {
        page.Clear();
        if (query.MaxKeys == 0)
        {
            return;
        }

        var place = begin.SequenceCompareTo(query.Prefix) < 0 ? query.Prefix : begin;
        byte[]? afterPrefix = null;
        for (var more = cursor.Seek(place); more && cursor.Key.StartsWith(query.Prefix);)
        {
            if (page.KeyCount == query.MaxKeys)
            {
                page.Next = afterPrefix ?? [.. page.Key(page.ContentsCount - 1), 0];
                return;
            }

            var key = cursor.Key;
            var group = CommonPrefix(query, key);
            if (group > 0)
            {
                page.AddCommonPrefix(key[..group]);
                afterPrefix = After(key[..group]);
                more = cursor.Seek(afterPrefix);
            }
            else
            {
                page.Add(key, cursor.Info);
                afterPrefix = null;
                more = cursor.MoveNext();
            }
        }
    }

    /// <summary>The length of the common prefix of the key, with the delimiter; 0 without one.</summary>
    private static int CommonPrefix(ListObjectsQuery query, ReadOnlySpan<byte> key)
    {
        if (query.Delimiter.Length == 0)
        {
            return 0;
        }

        var index = key[query.Prefix.Length..].IndexOf(query.Delimiter);
        return index < 0 ? 0 : query.Prefix.Length + index + query.Delimiter.Length;
    }

    /// <summary>The first bytes after all keys that begin with the prefix. UTF-8 has no byte 0xFF.</summary>
    private static byte[] After(ReadOnlySpan<byte> prefix)
    {
        var after = prefix.ToArray();
        after[^1]++;
        return after;
    }
}
