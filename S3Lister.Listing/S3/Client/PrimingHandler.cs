using System.Net;

namespace S3Lister.Listing.S3.Client;

/// <summary>Returns the canned listing of the connector while it has one. Nothing is sent to S3.</summary>
internal sealed class PrimingHandler(HttpMessageHandler network, S3Connector connector) : DelegatingHandler(network)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (connector.Canned is not { } canned)
        {
            return base.SendAsync(request, cancellationToken);
        }

        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(canned),
        });
    }
}
