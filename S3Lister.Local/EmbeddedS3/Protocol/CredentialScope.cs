namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>Reads for which region a request was signed, in its header or in its query. It checks nothing.</summary>
internal static class CredentialScope
{
    private const string Credential = "Credential=";

    /// <returns>The region, or null for a request that is not signed with SigV4.</returns>
    public static string? Region(S3Request request)
    {
        var authorization = request.Header("Authorization").AsSpan();
        var start = authorization.IndexOf(Credential);
        var scope = start >= 0
            ? authorization[(start + Credential.Length)..]
            : request.Target.Query.Text("X-Amz-Credential").AsSpan();
        if (scope.IndexOfAny(',', ' ') is var end and >= 0)
        {
            scope = scope[..end];
        }

        // AKID/20261123/us-east-1/s3/aws4_request, and an access key ID has no slash.
        Span<Range> parts = stackalloc Range[6];
        return scope.Split(parts, '/') == 5 ? scope[parts[2]].ToString() : null;
    }
}
