using System.Net;
using System.Text;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;
using S3Lister.Listing.Tallies;

namespace S3Lister.Functions.Summary;

/// <summary>A summary in one of the formats.</summary>
internal abstract class SummaryResult : HttpResult
{
    /// <summary>The maximum number of bytes of the tree in the envelope.</summary>
    protected const int MaxTreeLength = LargestResponse / 2;

    /// <param name="parameters">The query as the caller sent it, for the link to the next part.</param>
    /// <param name="query">The same query, validated.</param>
    /// <param name="summary">The sums.</param>
    /// <param name="contentType">The format.</param>
    protected SummaryResult(QueryString parameters, SummaryQuery query, PrefixSummary summary, string contentType)
        : base(HttpStatusCode.OK, contentType)
    {
        (Query, Summary) = (query, summary);
        AddHeader("vary", "accept, accept-encoding");
        if (summary.NextContinuationToken is { } token)
        {
            AddHeader("link", $"<?{parameters.ForNextPage(token)}>; rel=\"next\"");
        }
    }

    public override long Listed => Summary.Tally.Total.Objects;

    public override UpstreamException? Upstream => Summary.EndedBy;

    public override int PrefixLength => Encoding.UTF8.GetByteCount(Query.Prefix);

    protected SummaryQuery Query { get; }

    protected PrefixSummary Summary { get; }

    /// <summary>The media types that a query can have. Only a tree has lines.</summary>
    public static ReadOnlySpan<string> Formats(SummaryQuery query) => query.Depth > 0 ? WithTree : WithTree.AsSpan(0, 1);

    private static readonly string[] WithTree = [MediaTypes.Json, MediaTypes.Ndjson, MediaTypes.Csv];

    /// <param name="format">The number of the media type in <see cref="Formats"/>.</param>
    /// <inheritdoc cref="SummaryResult(QueryString, SummaryQuery, PrefixSummary, string)"/>
    public static SummaryResult Create(int format, QueryString parameters, SummaryQuery query, PrefixSummary summary) => format == 0
        ? new JsonSummary(parameters, query, summary)
        : new TreeLines(parameters, query, summary, isCsv: WithTree[format] == MediaTypes.Csv);

    /// <summary>The tree, folded so that it fits; null without one.</summary>
    protected Tree? CreateTree() => Summary.Tally.Tree?.ToTree(Query.MinShare, TreeText.MaxNodes, TreeText.Length, MaxTreeLength);
}
