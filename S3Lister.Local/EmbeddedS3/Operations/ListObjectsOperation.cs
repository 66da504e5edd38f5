using System.Collections.Concurrent;
using S3Lister.Local.EmbeddedS3.Listing;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>ListObjectsV2 over HTTP.</summary>
internal static class ListObjectsOperation
{
    // As many as there were requests at once, to be used again.
    private static readonly ConcurrentBag<ListingPage> Pages = [];

    public static async Task<S3Error?> ListAsync(S3Request request)
    {
        var query = ListObjectsQuery.Parse(request.Target.Query, out var error);
        if (query is null)
        {
            return error;
        }

        var name = request.Bucket.Name;
        var begin = query.ContinuationToken is { } token
            ? ContinuationToken.Read(name, token)
            : ListingWalk.Begin(query);
        if (begin is null)
        {
            return S3Error.InvalidArgument("The continuation token provided is incorrect", "continuation-token");
        }

        var page = Pages.TryTake(out var used) ? used : new ListingPage();
        ListingWalk.Fill(page, query, begin, request.Bucket.Store.OpenCursor());
        var nextToken = page.Next is { } next ? ContinuationToken.Create(name, next) : null;
        request.Context.Response.ContentType = S3Response.XmlContentType;

        // Before the start Kestrel would keep what is written elsewhere and copy it.
        await request.Context.Response.StartAsync(request.Aborted);
        var output = request.Context.Response.BodyWriter;
        ListingWriter.Write(output, name, request.Service.Options.OwnerId, query, page, nextToken);
        Pages.Add(page);
        await output.FlushAsync(request.Aborted);
        return null;
    }
}
