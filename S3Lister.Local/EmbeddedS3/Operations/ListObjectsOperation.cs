using System.Collections.Concurrent;
using S3Lister.Local.EmbeddedS3.Listing;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>ListObjectsV2 over HTTP.</summary>
internal static class ListObjectsOperation
{
    // Reused: as many as there were concurrent requests.
    private static readonly ConcurrentBag<ListingPage> Pages = [];

    public static async Task<S3Error?> ListAsync(S3Request request)
    {
        var query = ListObjectsQuery.Parse(request.Target.Query, out var error);
        if (query is null)
        {
            return error;
        }

        var name = request.Target.Bucket;
        var begin = query.ContinuationToken is { } token
            ? ContinuationToken.Read(name, token)
            : ListingWalk.Begin(query);
        if (begin is null)
        {
            return S3Error.InvalidArgument("The continuation token provided is incorrect", "continuation-token");
        }

        var page = Pages.TryTake(out var used) ? used : new ListingPage();
        ListingWalk.Fill(page, query, begin, request.Store.OpenCursor());
        var nextToken = page.Next is { } next ? ContinuationToken.Create(name, next) : null;
        request.Context.Response.ContentType = S3Response.XmlContentType;

        // Started first: Kestrel would otherwise buffer what is written and copy it.
        await request.Context.Response.StartAsync(request.Aborted);
        var output = request.Context.Response.BodyWriter;
        ListingWriter.Write(output, name, request.Options.OwnerId, query, page, nextToken);
        Pages.Add(page);
        await output.FlushAsync(request.Aborted);
        return null;
    }
}
