using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>A request for a bucket that exists, or for an object in it.</summary>
internal sealed record S3Request(HttpContext Context, EmbeddedS3Options Options, S3Target Target, IObjectStore Store)
{
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The region that the request was signed for, unverified; null for an unsigned request.</summary>
    public string? SignedRegion
    {
        get
        {
            const string Credential = "Credential=";
            var credential = Header("Authorization")?.Split(' ', ',')
                .FirstOrDefault(part => part.StartsWith(Credential, StringComparison.Ordinal))?[Credential.Length..];
            return CredentialScope.TryParse(credential ?? Target.Query.Text(PresignedQuery.Credential), out var scope) ? scope.Region : null;
        }
    }

    /// <summary>A header's value, or null when it is absent.</summary>
    public string? Header(string name) =>
        Context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
