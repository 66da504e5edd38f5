using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.Tallies;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>The tree of a summary as NDJSON or CSV, a line for each node. Headers have the state.</summary>
internal sealed class TreeLines : SummaryResult
{
    private readonly bool _isCsv;

    public TreeLines(QueryString parameters, SummaryQuery query, PrefixSummary summary, bool isCsv)
        : base(parameters, query, summary, isCsv ? MediaTypes.CsvWithHeader : MediaTypes.Ndjson)
    {
        _isCsv = isCsv;
        AddHeader("s3lister-complete", summary.IsComplete ? "true" : "false");
        AddStateHeaders(summary.Scanned, summary.S3Requests, summary.NextContinuationToken);
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
