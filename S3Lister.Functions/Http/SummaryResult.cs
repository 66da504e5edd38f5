using System.Net;
using System.Text;
using S3Lister.Functions.Formats;
using S3Lister.Functions.S3;
using S3Lister.Functions.Summary;

namespace S3Lister.Functions.Http;

/// <summary>A summary as JSON. What Lambda's limit leaves no room for is not named one by one, and the answer says so.</summary>
internal sealed class SummaryResult : HttpResult
{
    /// <summary>For all that is not in a list: status, headers, prefix, delimiter, token and sums.</summary>
    private const int Reserve = 65_536;

    /// <summary>What groups may take of the answer, so that objects can be named too.</summary>
    private const int LargestGroups = LargestResponse / 2;

    private readonly SummaryQuery _query;
    private readonly PrefixSummary _summary;

    private SummaryResult(SummaryQuery query, PrefixSummary summary)
        : base(HttpStatusCode.OK, JsonListing.MediaType) => (_query, _summary) = (query, summary);

    public override long Listed => _summary.Tally.Total.Objects;

    public override UpstreamException? Upstream => _summary.EndedBy;

    public override int PrefixLength => Encoding.UTF8.GetByteCount(_query.Prefix);

    /// <param name="parameters">The query as the caller wrote it, for the link to what is left.</param>
    /// <param name="query">The same, validated.</param>
    /// <param name="summary">What was summed.</param>
    public static SummaryResult Create(QueryString parameters, SummaryQuery query, PrefixSummary summary)
    {
        SummaryResult result = new(query, summary);
        result.AddHeader("vary", "accept, accept-encoding");
        if (summary.NextContinuationToken is { } token)
        {
            result.AddHeader("link", $"<?{parameters.Next(token)}>; rel=\"next\"");
        }

        return result;
    }

    protected override void WriteBody(Utf8Buffer body)
    {
        var tally = _summary.Tally;
        using Utf8Buffer groups = new();
        var (isCut, others) = WriteGroups(groups);
        using SummaryLists lists = new(tally, LargestResponse - Reserve - Weight(groups, 0));

        body.Append("{\"bucket\":"u8);
        body.AppendString(_summary.Bucket);
        body.Append(",\"prefix\":"u8);
        body.AppendString(_query.Prefix);
        body.Append(",\"delimiter\":"u8);
        body.AppendString(_query.Delimiter);
        body.Append(",\"top\":"u8);
        body.AppendNumber(_query.Top);
        body.Append(_summary.IsComplete ? ",\"complete\":true"u8 : ",\"complete\":false"u8);
        body.Append(",\"nextContinuationToken\":"u8);
        body.AppendString(_summary.NextContinuationToken);
        body.Append(","u8);
        AppendSums(body, tally.Total);
        body.Append(",\"storageClasses\":["u8);
        var isFirst = true;
        foreach (var (name, sums) in tally.StorageClasses.All)
        {
            AppendNamedSums(body, isFirst ? "{\"storageClass\":"u8 : ",{\"storageClass\":"u8, name, sums);
            isFirst = false;
        }

        body.Append("],\"groups\":["u8);
        body.Append(groups.Written);
        body.Append(isCut ? "],\"groupsTruncated\":true,\"otherGroups\":{"u8 : "],\"groupsTruncated\":false,\"otherGroups\":{"u8);
        AppendSums(body, others);
        body.Append("},\"ungrouped\":{"u8);
        AppendSums(body, tally.Groups.Ungrouped);
        body.Append("},"u8);
        lists.WriteTo(body);
        body.Append(",\"scanned\":"u8);
        body.AppendNumber(_summary.Scanned);
        body.Append(",\"s3Requests\":"u8);
        body.AppendNumber(_summary.S3Requests);
        body.Append(",\"s3RequestsMinimum\":"u8);
        body.AppendNumber(_summary.S3RequestsMinimum);
        body.Append("}"u8);
    }

    /// <summary>Bytes in the envelope, which escapes once more, of what was written from a place on.</summary>
    internal static int Weight(Utf8Buffer json, int from) => json.Length - from + JsonText.EscapesIn(json.Written[from..]);

    /// <returns>Whether there are groups that are not written, and their sums.</returns>
    private (bool IsCut, Sums Others) WriteGroups(Utf8Buffer json)
    {
        var others = _summary.Tally.Groups.Others;
        var isCut = others.Objects > 0;
        var left = LargestGroups;
        foreach (var group in _summary.Tally.Groups.All)
        {
            var start = json.Length;
            if (left > 0)
            {
                AppendNamedSums(json, start == 0 ? "{\"commonPrefix\":"u8 : ",{\"commonPrefix\":"u8, group.Name, group.Sums);
                left -= Weight(json, start);
            }

            if (left <= 0)
            {
                // All behind it too: what is named is the first, in order.
                json.CutBack(start);
                others.Add(group.Sums);
                isCut = true;
            }
        }

        return (isCut, others);
    }

    private static void AppendNamedSums(Utf8Buffer json, ReadOnlySpan<byte> field, ReadOnlySpan<byte> name, Sums sums)
    {
        json.Append(field);
        json.AppendString(name);
        json.Append(","u8);
        AppendSums(json, sums);
        json.Append("}"u8);
    }

    private static void AppendSums(Utf8Buffer json, Sums sums)
    {
        json.Append("\"objects\":"u8);
        json.AppendNumber(sums.Objects);
        json.Append(",\"bytes\":"u8);
        json.AppendNumber(sums.Bytes);
    }
}
