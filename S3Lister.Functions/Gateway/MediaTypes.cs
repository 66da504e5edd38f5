namespace S3Lister.Functions.Gateway;

/// <summary>The media types of responses.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";
    public const string ProblemJson = "application/problem+json";
}
