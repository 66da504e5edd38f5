namespace S3Lister.Local.SigV4;

/// <summary>The query parameters that carry a signature.</summary>
internal static class PresignedQuery
{
    public const string Algorithm = "X-Amz-Algorithm";
    public const string Credential = "X-Amz-Credential";
    public const string Date = "X-Amz-Date";
    public const string Expires = "X-Amz-Expires";
    public const string SignedHeaders = "X-Amz-SignedHeaders";
    public const string SecurityToken = "X-Amz-Security-Token";
    public const string Signature = "X-Amz-Signature";

    /// <summary>How long a presigned request can be valid: a week.</summary>
    public const int MaxExpires = 604_800;

    /// <summary>What a presigned request must have; the security token comes with temporary credentials only.</summary>
    public static IReadOnlyList<string> Required { get; } =
        [Algorithm, Credential, Date, Expires, SignedHeaders, Signature];

    /// <summary>Whether the query claims to carry a signature, complete or not.</summary>
    public static bool IsIn(string query) =>
        RawQuery.Parse(query).Any(part => UriEncoding.DecodeText(part.Name, plusIsSpace: true) is Algorithm or Credential or Signature);

    public static bool IsOneOf(string name) => name == SecurityToken || Required.Contains(name, StringComparer.Ordinal);

    /// <summary>
    /// Path and query without the values that grant access while they are valid: a presigned request's signature and its
    /// security token.
    /// </summary>
    public static string HideSecrets(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? target : $"{target[..mark]}?{string.Join('&', target[(mark + 1)..].Split('&').Select(Hide))}";
    }

    private static string Hide(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0
            && UriEncoding.DecodeText(parameter[..equals], plusIsSpace: true) is { } name
            && (name.Equals(SecurityToken, StringComparison.OrdinalIgnoreCase)
                || name.Equals(Signature, StringComparison.OrdinalIgnoreCase))
                ? $"{parameter[..equals]}=…"
                : parameter;
    }
}
