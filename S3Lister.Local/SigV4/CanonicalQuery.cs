namespace S3Lister.Local.SigV4;

/// <summary>
/// The query of a canonical request. It is decoded as a form, where <c>+</c> is a space, which is also how API Gateway
/// and S3 read it: a signature covers the value that is used. Reports of a <c>+</c> that execute-api wants signed as
/// <c>%20</c>: tedder/requests-aws4auth#54, zirkelc/aws-signature-v4#4; of S3, mhart/aws4fetch#83.
/// </summary>
internal static class CanonicalQuery
{
    public static string Of(string query) => Join(Sort(Encode(query)));

    /// <summary>The parameters, encoded, in the order in which they were sent and without the signature.</summary>
    public static IEnumerable<(string Name, string Value)> Encode(string query, bool plusIsSpace = true) =>
        RawQuery.Parse(query)
            .Select(part => (
                Name: UriEncoding.Encode(UriEncoding.Decode(part.Name, plusIsSpace)),
                Value: UriEncoding.Encode(UriEncoding.Decode(part.Value, plusIsSpace))))
            .Where(part => part.Name != PresignedQuery.Signature);

    /// <summary>Sorts by name, then by value, in the order of bytes by default.</summary>
    public static IEnumerable<(string Name, string Value)> Sort(
        IEnumerable<(string Name, string Value)> parameters, StringComparer? order = null) =>
        parameters
            .OrderBy(part => part.Name, order ?? StringComparer.Ordinal)
            .ThenBy(part => part.Value, order ?? StringComparer.Ordinal);

    public static string Join(IEnumerable<(string Name, string Value)> parameters) =>
        string.Join('&', parameters.Select(part => $"{part.Name}={part.Value}"));
}
