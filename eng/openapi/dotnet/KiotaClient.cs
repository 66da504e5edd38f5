using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Generated = S3Lister.Kiota;

namespace S3Lister.OpenApi;

internal sealed class KiotaClient(SignedApi api) : IListingClient
{
    private readonly Generated.S3ListerClient _client = new(
        new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: api.Http) { BaseUrl = api.Address.GetLeftPart(UriPartial.Authority) });

    public async Task<Page> ListPageAsync(Filters filters, int maxKeys, string? token)
    {
        var page = (await _client.Objects.GetAsync(request =>
        {
            request.QueryParameters.MaxKeys = maxKeys;
            request.QueryParameters.ContinuationToken = token;
            request.QueryParameters.ModifiedAfter = filters.ModifiedAfter;
            request.QueryParameters.ModifiedBefore = filters.ModifiedBefore;
            request.QueryParameters.MinSize = filters.MinSize;
            request.QueryParameters.MaxSize = filters.MaxSize;
            request.QueryParameters.StorageClassAsStorageClass = filters.StorageClasses?.Select(Class).ToArray();
        }))!;
        return new([.. page.Contents!.Select(entry => entry.Key!)], page.IsTruncated!.Value, page.NextContinuationToken);
    }

    public async Task<Summary> SummarizeAsync(string delimiter)
    {
        var summary = (await _client.Summary.GetAsync(request => request.QueryParameters.Delimiter = delimiter))!;
        return new(
            summary.Objects!.Value,
            summary.Bytes!.Value,
            [
                .. summary.Groups!.Select(group => new Sums(group.CommonPrefix!, group.Objects!.Value, group.Bytes!.Value)),
                new("", summary.Ungrouped!.Objects!.Value, summary.Ungrouped.Bytes!.Value),
            ]);
    }

    public async Task<IReadOnlyList<Node>> ReadTreeAsync(string delimiter, int depth)
    {
        var summary = (await _client.Summary.GetAsync(request =>
        {
            request.QueryParameters.Delimiter = delimiter;
            request.QueryParameters.Depth = depth;
            request.QueryParameters.MinShare = 0;
        }))!;
        return [.. summary.Tree!.SelectMany(Nodes)];
    }

    public async Task<Problem> ProblemAsync(int? maxKeys, string? token)
    {
        try
        {
            await _client.Objects.GetAsync(request =>
            {
                request.QueryParameters.MaxKeys = maxKeys;
                request.QueryParameters.ContinuationToken = token;
            });
            throw new InvalidOperationException("The request succeeded.");
        }
        catch (Generated.Models.Problem problem)
        {
            return new(problem.Status!.Value, problem.Code, problem.Parameter);
        }
    }

    private static IEnumerable<Node> Nodes(Generated.Models.TreeNode node) =>
        node.Children!.SelectMany(Nodes).Prepend(new(
            Whole(node),
            [
                new("", node.Own!.Objects!.Value, node.Own.Bytes!.Value),
                new("", node.Rest!.Objects!.Value, node.Rest.Bytes!.Value),
                .. node.Children!.Select(Whole),
            ]));

    private static Sums Whole(Generated.Models.TreeNode node) => new(node.CommonPrefix!, node.Objects!.Value, node.Bytes!.Value);

    private static Generated.Models.StorageClass Class(StorageClass name) => name switch
    {
        StorageClass.Standard => Generated.Models.StorageClass.STANDARD,
        _ => Generated.Models.StorageClass.STANDARD_IA,
    };
}
