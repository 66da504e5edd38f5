using System.Globalization;

namespace S3Lister.Local.SigV4.Diagnosis;

/// <summary>Says what is missing from a signature that is not in the form of Signature Version 4.</summary>
internal static class FormDiagnosis
{
    private const string Forms =
        $"Sign either with 'Authorization: {Authorization.Algorithm} Credential=…, SignedHeaders=…, Signature=…' or with X-Amz-… in the query.";

    public static IReadOnlyList<string> Explain(SignedRequest request)
    {
        var header = request.Header("authorization");
        return (header, PresignedQuery.IsIn(request.Query)) switch
        {
            (not null, true) => ["There is a signature in the Authorization header and one in the query: send one of them."],
            (null, _) => [.. OfQuery(request)],
            _ when Authorization.TryParseHeader(request, header, out var parsed) => [OfParsed(parsed)],
            _ when header.StartsWith("AWS4-ECDSA-P256-SHA256", StringComparison.Ordinal) =>
                [$"The signature is of version 4a; sign with {Authorization.Algorithm}."],
            _ => [$"The Authorization header is not a complete one of {Authorization.Algorithm}. {Forms}"],
        };
    }

    private static IEnumerable<string> OfQuery(SignedRequest request)
    {
        if (Authorization.TryParseQuery(request, out var parsed))
        {
            yield return OfParsed(parsed);
            yield break;
        }

        var given = CanonicalQuery.Encode(request.Query).ToLookup(part => part.Name, part => part.Value, StringComparer.Ordinal);
        foreach (var name in PresignedQuery.Required.Where(name => name != PresignedQuery.Signature))
        {
            if (given[name].Count() != 1 || given[name].Contains(""))
            {
                yield return $"The query must have {name} exactly once, with a value.";
            }
        }

        if (RawQuery.Parse(request.Query).Count(part => IsSignature(part.Name) && part.Value.Length > 0) != 1)
        {
            yield return $"The query must have {PresignedQuery.Signature} exactly once, with a value.";
        }

        if (given[PresignedQuery.Algorithm].Any(value => value != Authorization.Algorithm))
        {
            yield return $"{PresignedQuery.Algorithm} must be {Authorization.Algorithm}.";
        }

        if (given[PresignedQuery.Expires].Any(value => !IsExpires(value)))
        {
            yield return $"{PresignedQuery.Expires} must be a number of seconds from 1 to {PresignedQuery.MaxExpires}.";
        }

        if (given[PresignedQuery.Credential].Any(value => !CredentialScope.TryParse(UriEncoding.DecodeText(value), out _)))
        {
            yield return $"{PresignedQuery.Credential} must be ACCESS_KEY/DATE/REGION/SERVICE/{CredentialScope.RequiredTerminator}, with / as %2F.";
        }
    }

    private static string OfParsed(Authorization authorization) => authorization.Date.Length == 0
        ? "There is no X-Amz-Date: send the time of signing, in the form 20260131T235959Z."
        : !IsDate(authorization.Date)
            ? "X-Amz-Date must be in the form 20260131T235959Z."
            : "SignedHeaders must name each header once, in lower case, sorted, with ; between them. (curl 7.88 sorts them wrongly "
                + "where one name begins with another, as accept and accept-encoding.)";

    private static bool IsSignature(string name) => UriEncoding.DecodeText(name, plusIsSpace: true) == PresignedQuery.Signature;

    private static bool IsDate(string date) => DateTimeOffset.TryParseExact(
        date, SignatureVerifier.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool IsExpires(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 1 and <= PresignedQuery.MaxExpires;
}
