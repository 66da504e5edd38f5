using System.Net;
using System.Text;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>A summary as JSON. Groups and objects that exceed Lambda's limit are omitted, and a field reports it.</summary>
internal sealed class SummaryResult : HttpResult
{
    /// <summary>Bytes for everything other than lists: status, headers, prefix, delimiter, token and sums.</summary>
    private const int Reserve = 65_536;

    /// <summary>The maximum number of bytes of groups in the envelope, which leaves space for objects.</summary>
    private const int MaxGroupsLength = LargestResponse / 2;

    private readonly SummaryQuery _query;
    private readonly PrefixSummary _summary;

    /// <param name="parameters">The query as the caller sent it, for the link to the next part.</param>
    /// <param name="query">The same query, validated.</param>
    /// <param name="summary">The sums.</param>
    public SummaryResult(QueryString parameters, SummaryQuery query, PrefixSummary summary)
        : base(HttpStatusCode.OK, MediaTypes.Json)
    {
        (_query, _summary) = (query, summary);
        AddHeader("vary", "accept, accept-encoding");
        if (summary.NextContinuationToken is { } token)
        {
            AddHeader("link", $"<?{parameters.ForNextPage(token)}>; rel=\"next\"");
        }
    }

    public override long Listed => _summary.Tally.Total.Objects;

    public override UpstreamException? Upstream => _summary.EndedBy;

    public override int PrefixLength => Encoding.UTF8.GetByteCount(_query.Prefix);

    protected override void WriteBody(Utf8Buffer body)
    {
        var tally = _summary.Tally;
        using Utf8Buffer groups = new();
        var (isTruncated, others) = WriteGroups(groups);
        using SummaryLists lists = new(tally, LargestResponse - Reserve - JsonText.EscapedLength(groups.Written));

        JsonWriter json = new(body);
        json.StartObject();
        json.String("bucket"u8, _summary.Bucket);
        json.String("prefix"u8, _query.Prefix);
        json.String("delimiter"u8, _query.Delimiter);
        json.Number("top"u8, _query.Top);
        json.Boolean("complete"u8, _summary.IsComplete);
        json.String("nextContinuationToken"u8, _summary.NextContinuationToken);
        WriteSums(ref json, tally.Total);
        json.StartArray("storageClasses"u8);
        foreach (var (name, sums) in tally.StorageClasses.All)
        {
            WriteNamedSums(ref json, "storageClass"u8, name, sums);
        }

        json.EndArray();
        json.Array("groups"u8, groups.Written);
        json.Boolean("groupsTruncated"u8, isTruncated);
        json.StartObject("otherGroups"u8);
        WriteSums(ref json, others);
        json.EndObject();
        json.StartObject("ungrouped"u8);
        WriteSums(ref json, tally.Groups.Ungrouped);
        json.EndObject();
        lists.WriteTo(ref json);
        json.Number("scanned"u8, _summary.Scanned);
        json.Number("s3Requests"u8, _summary.S3Requests);
        json.Number("s3RequestsMinimum"u8, _summary.S3RequestsMinimum);
        json.EndObject();
    }

    /// <returns>Whether groups are omitted, and their sums.</returns>
    private (bool IsTruncated, Sums Others) WriteGroups(Utf8Buffer groups)
    {
        var others = _summary.Tally.Groups.Others;
        var isTruncated = others.Objects > 0;
        var room = MaxGroupsLength;
        JsonWriter json = new(groups);
        foreach (var group in _summary.Tally.Groups.All)
        {
            var start = groups.Length;
            if (room > 0)
            {
                WriteNamedSums(ref json, "commonPrefix"u8, group.Name, group.Sums);
                room -= JsonText.EscapedLength(groups.Written[start..]);
            }

            if (room <= 0)
            {
                // All following groups are omitted too, so that the response has the first groups in byte order.
                groups.Truncate(start);
                others.Add(group.Sums);
                isTruncated = true;
            }
        }

        return (isTruncated, others);
    }

    private static void WriteNamedSums(ref JsonWriter json, ReadOnlySpan<byte> field, ReadOnlySpan<byte> name, Sums sums)
    {
        json.StartObject();
        json.String(field, name);
        WriteSums(ref json, sums);
        json.EndObject();
    }

    private static void WriteSums(ref JsonWriter json, Sums sums)
    {
        json.Number("objects"u8, sums.Objects);
        json.Number("bytes"u8, sums.Bytes);
    }
}
