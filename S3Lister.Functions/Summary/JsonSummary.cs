using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.Tallies;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>A summary as JSON. What exceeds Lambda's limit is summed or omitted, and a field reports it.</summary>
internal sealed class JsonSummary(QueryString parameters, SummaryQuery query, PrefixSummary summary)
    : SummaryResult(parameters, query, summary, MediaTypes.Json)
{
    /// <summary>Bytes for everything other than lists: status, headers, prefix, delimiter, token and sums.</summary>
    private const int Reserve = 65_536;

    /// <summary>The maximum number of bytes of groups in the envelope, which leaves space for a tree and for objects.</summary>
    private int MaxGroupsLength => Query.Depth > 0 ? LargestResponse / 4 : LargestResponse / 2;

    protected override void WriteBody(Utf8Buffer body)
    {
        var tally = Summary.Tally;
        using Utf8Buffer groups = new();
        var (isTruncated, others) = WriteGroups(groups);
        using Utf8Buffer splits = new();
        WriteSplits(splits);
        using SummaryBreakdowns breakdowns = new(Query, tally);
        var tree = CreateTree();
        var room = LargestResponse - Reserve - JsonText.EscapedLength(groups.Written) - JsonText.EscapedLength(splits.Written) - breakdowns.Length;
        using SummaryLists lists = new(tally, tree is null ? room : room - MaxTreeLength);

        JsonWriter json = new(body);
        json.StartObject();
        json.String("bucket"u8, Summary.Bucket);
        json.String("prefix"u8, Query.Prefix);
        json.String("delimiter"u8, Query.Delimiter);
        json.Number("top"u8, Query.Top);
        json.Boolean("complete"u8, Summary.IsComplete);
        json.String("nextContinuationToken"u8, Summary.NextContinuationToken);
        json.Sums(tally.Total);
        json.StartArray("storageClasses"u8);
        foreach (var (name, sums) in tally.StorageClasses.All)
        {
            json.NamedSums("storageClass"u8, name, sums);
        }

        json.EndArray();
        json.Array("groups"u8, groups.Written);
        json.Boolean("groupsTruncated"u8, isTruncated);
        json.Sums("otherGroups"u8, others);
        json.Sums("ungrouped"u8, tally.Groups.Ungrouped);
        if (tree is not null)
        {
            TreeText.WriteNested(ref json, "tree"u8, tree, tree.Root);
            json.Sums("rest"u8, tree.Root.Rest);
        }

        breakdowns.WriteTo(ref json);
        lists.WriteTo(ref json);
        json.Array("splits"u8, splits.Written);
        json.Number("scanned"u8, Summary.Scanned);
        json.Number("s3Requests"u8, Summary.S3Requests);
        json.Number("s3RequestsMinimum"u8, Summary.S3RequestsMinimum);
        json.EndObject();
    }

    private void WriteSplits(Utf8Buffer splits)
    {
        foreach (var split in Summary.Tally.Splits?.Find() ?? [])
        {
            splits.Append(splits.Length == 0 ? [] : ","u8);
            splits.AppendString(split);
        }
    }

    /// <returns>Whether groups are omitted, and their sums.</returns>
    private (bool IsTruncated, Sums Others) WriteGroups(Utf8Buffer groups)
    {
        var others = Summary.Tally.Groups.Others;
        var isTruncated = others.Objects > 0;
        var room = MaxGroupsLength;
        JsonWriter json = new(groups);
        foreach (var group in Summary.Tally.Groups.All)
        {
            var start = groups.Length;
            if (room > 0)
            {
                json.NamedSums("commonPrefix"u8, group.Name, group.Sums);
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
}
