namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>What a caller may have signed: everything that a signature is computed from.</summary>
internal sealed record SigningAttempt(CanonicalRequest Request, string Secret, CredentialScope Scope, string Date)
{
    public string Signature => SigV4.Signature.Compute(Secret, Scope, Date, Request.ToString());

    public SigningAttempt WithQuery(string query) => this with { Request = Request with { Query = query } };

    public SigningAttempt WithPath(string path) => this with { Request = Request with { Path = path } };

    public SigningAttempt WithHeader(string name, string value) => this with
    {
        Request = Request with
        {
            Headers = [.. Request.Headers.Select(header => header.Key == name ? new(name, value) : header)],
        },
    };
}
