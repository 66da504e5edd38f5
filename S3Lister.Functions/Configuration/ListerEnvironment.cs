using Microsoft.Extensions.Options;

namespace S3Lister.Functions.Configuration;

/// <summary>Reads <see cref="ListerOptions"/> from environment variables; a value that is blank counts as not set.</summary>
internal sealed class ListerEnvironment(Func<string, string?> variables) : IConfigureOptions<ListerOptions>
{
    public const string Bucket = "S3LISTER_BUCKET";
    public const string ExpectedBucketOwner = "S3LISTER_EXPECTED_BUCKET_OWNER";
    public const string Endpoint = "S3LISTER_ENDPOINT";
    public const string ForcePathStyle = "S3LISTER_FORCE_PATH_STYLE";

    /// <exception cref="OptionsValidationException">A value is not of its variable's form.</exception>
    public void Configure(ListerOptions options)
    {
        options.Bucket = Read(Bucket) ?? "";
        options.ExpectedBucketOwner = Read(ExpectedBucketOwner);
        options.Endpoint = Read(Endpoint) switch
        {
            null => null,
            var text when Uri.TryCreate(text, UriKind.Absolute, out var endpoint) => endpoint,
            _ => throw Malformed(Endpoint, "must be an absolute URL, such as https://s3.example.com"),
        };
        options.ForcePathStyle = Read(ForcePathStyle) switch
        {
            null => false,
            var text when bool.TryParse(text, out var value) => value,
            _ => throw Malformed(ForcePathStyle, "must be true or false"),
        };
    }

    private string? Read(string variable) =>
        variables(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static OptionsValidationException Malformed(string variable, string rule) =>
        new(nameof(ListerOptions), typeof(ListerOptions), [$"{variable} {rule}."]);
}
