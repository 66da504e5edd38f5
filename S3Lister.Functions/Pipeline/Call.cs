using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Pipeline;

/// <summary>One call of a route.</summary>
/// <param name="Cost">Counts the call's requests to S3.</param>
/// <param name="Coding">The coding of the response.</param>
/// <param name="IsHead">Whether the method is HEAD.</param>
/// <param name="Deadline">Canceled when listing must stop, so that time remains to respond.</param>
internal sealed record Call(S3Cost Cost, AcceptedCoding Coding, bool IsHead, CancellationToken Deadline)
{
    public RenderedResult Render(HttpResult result) => result.Render(Coding, IsHead);
}
