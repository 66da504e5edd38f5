namespace S3Lister.Client;

/// <summary>The format of a page that is copied.</summary>
public enum ObjectFormat
{
    /// <summary>A JSON object on each line, for an object or a common prefix.</summary>
    Ndjson,

    /// <summary>RFC 4180, with a header line on each page.</summary>
    Csv,
}

/// <summary>The state of a page whose body was copied to a stream.</summary>
/// <param name="KeyCount">Number of objects and common prefixes on the page.</param>
/// <param name="NextContinuationToken">The token of the next page; null if there is none.</param>
/// <param name="Scanned">Number of entries that S3 returned, before filters.</param>
/// <param name="S3Requests">Number of LIST requests that the service made for this page.</param>
public sealed record CopiedPage(long KeyCount, string? NextContinuationToken, long Scanned, long S3Requests);
