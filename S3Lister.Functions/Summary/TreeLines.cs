using System.Globalization;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>The tree of a summary as NDJSON or CSV, a line for each node. Headers have the state.</summary>
internal sealed class TreeLines : SummaryResult
{
    private readonly bool _isCsv;

    public TreeLines(QueryString parameters, SummaryQuery query, PrefixSummary summary, bool isCsv)
        : base(parameters, query, summary, isCsv ? $"{MediaTypes.Csv}; charset=utf-8; header=present" : MediaTypes.Ndjson)
    {
        _isCsv = isCsv;
        AddHeader("s3lister-complete", summary.IsComplete ? "true" : "false");
        AddHeader("s3lister-scanned", summary.Scanned.ToString(CultureInfo.InvariantCulture));
        AddHeader("s3lister-s3-requests", summary.S3Requests.ToString(CultureInfo.InvariantCulture));
        if (summary.NextContinuationToken is { } token)
        {
            AddHeader("s3lister-next-continuation-token", token);
        }
    }

    protected override void WriteBody(Utf8Buffer body)
    {
        var tree = CreateTree()!;
        if (_isCsv)
        {
            TreeText.WriteCsv(body, tree);
        }
        else
        {
            TreeText.WriteNdjson(body, tree, tree.Root);
        }
    }
}
