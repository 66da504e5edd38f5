using System.Text;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Benchmarks.Processes;

/// <summary>Events that request the first pages of a bucket, with 1000 keys each.</summary>
internal sealed class PageEvents(KeySpace keys, string? acceptEncoding = null)
{
    public const int PageSize = 1000;

    // Up to 20 events, used in rotation: consecutive pages differ, and all events are created before a measurement.
    private readonly ReadOnlyMemory<byte>[] _events =
        [.. Enumerable.Range(0, (int)long.Clamp((keys.Count / PageSize) - 1, 1, 20)).Select(page => Create(keys, page, acceptEncoding))];

    public ReadOnlyMemory<byte> this[int page] => _events[page % _events.Length];

    private static ReadOnlyMemory<byte> Create(KeySpace keys, int page, string? acceptEncoding)
    {
        var query = $"max-keys={PageSize}";
        if (page > 0)
        {
            Span<byte> key = stackalloc byte[S3Limits.MaxKeyBytes];
            var length = keys.Write(((long)page * PageSize) - 1, key);
            query += $"&start-after={Uri.EscapeDataString(Encoding.UTF8.GetString(key[..length]))}";
        }

        return GatewayEvent.Get("/objects", query, acceptEncoding);
    }
}
