namespace S3Lister.Functions.Gateway;

/// <summary>The media types of responses.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";

    /// <summary>CSV as the content type of a response.</summary>
    public const string CsvWithHeader = $"{Csv}; charset=utf-8; header=present";

    public const string ProblemJson = "application/problem+json";
}
