using Generated = S3Lister.NSwag;

namespace S3Lister.OpenApi;

internal sealed class NSwagClient(SignedApi api) : IListingClient
{
    private readonly Generated.S3ListerClient _client = new(api.Http) { BaseUrl = api.Address.AbsoluteUri };

    public async Task<Page> ListPageAsync(Filters filters, int maxKeys, string? token)
    {
        var page = await _client.ListObjectsAsync(
            max_keys: maxKeys,
            continuation_token: token,
            modified_after: filters.ModifiedAfter,
            modified_before: filters.ModifiedBefore,
            min_size: filters.MinSize,
            max_size: filters.MaxSize,
            storage_class: filters.StorageClasses?.Select(Class));
        return new([.. page.Contents.Select(entry => entry.Key)], page.IsTruncated, page.NextContinuationToken);
    }

    public async Task<Summary> SummarizeAsync(string delimiter)
    {
        var summary = await _client.GetSummaryAsync(delimiter: delimiter);
        return new(
            summary.Objects,
            summary.Bytes,
            [
                .. summary.Groups.Select(group => new Sums(group.CommonPrefix, group.Objects, group.Bytes)),
                new("", summary.Ungrouped.Objects, summary.Ungrouped.Bytes),
            ]);
    }

    public async Task<IReadOnlyList<Node>> ReadTreeAsync(string delimiter, int depth)
    {
        var summary = await _client.GetSummaryAsync(delimiter: delimiter, depth: depth, min_share: 0);
        return [.. summary.Tree.SelectMany(Nodes)];
    }

    public async Task<Problem> ProblemAsync(int? maxKeys, string? token)
    {
        try
        {
            await _client.ListObjectsAsync(max_keys: maxKeys, continuation_token: token);
            throw new InvalidOperationException("The request succeeded.");
        }
        catch (Generated.ApiException<Generated.Problem> exception)
        {
            return new(exception.Result.Status, exception.Result.Code, exception.Result.Parameter);
        }
    }

    private static IEnumerable<Node> Nodes(Generated.TreeNode node) =>
        node.Children.SelectMany(Nodes).Prepend(new(
            Whole(node),
            [
                new("", node.Own.Objects, node.Own.Bytes),
                new("", node.Rest.Objects, node.Rest.Bytes),
                .. node.Children.Select(Whole),
            ]));

    private static Sums Whole(Generated.TreeNode node) => new(node.CommonPrefix, node.Objects, node.Bytes);

    private static Generated.StorageClass Class(StorageClass name) => name switch
    {
        StorageClass.Standard => Generated.StorageClass.STANDARD,
        _ => Generated.StorageClass.STANDARD_IA,
    };
}
