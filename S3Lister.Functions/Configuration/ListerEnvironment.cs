using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using S3Lister.Functions.Access;

namespace S3Lister.Functions.Configuration;

/// <summary>Reads <see cref="ListerOptions"/> from environment variables; a value that is blank counts as not set.</summary>
internal sealed class ListerEnvironment(Func<string, string?> variables)
{
    public const string Bucket = "S3LISTER_BUCKET";
    public const string ExpectedBucketOwner = "S3LISTER_EXPECTED_BUCKET_OWNER";
    public const string Endpoint = "S3LISTER_ENDPOINT";
    public const string ForcePathStyle = "S3LISTER_FORCE_PATH_STYLE";
    public const string RequestPayer = "S3LISTER_REQUEST_PAYER";
    public const string ScanBudget = "S3LISTER_SCAN_BUDGET";
    public const string RequestBudget = "S3LISTER_REQUEST_BUDGET";
    public const string Grants = "S3LISTER_GRANTS";

    /// <exception cref="OptionsValidationException">What is set is wrong; all that is wrong is named.</exception>
    public IOptions<ListerOptions> Read()
    {
        ListerOptions options = new();
        Configure(options);
        var validation = new ListerOptionsValidator().Validate(null, options);
        return validation.Succeeded
            ? Options.Create(options)
            : throw new OptionsValidationException(nameof(ListerOptions), typeof(ListerOptions), validation.Failures);
    }

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
        options.ForcePathStyle = Flag(ForcePathStyle);
        options.RequestPayer = Flag(RequestPayer);
        options.ScanBudget = Number(ScanBudget) ?? options.ScanBudget;
        options.RequestBudget = Number(RequestBudget) ?? options.RequestBudget;
        options.Grants = Read(Grants) is { } grants ? ParseGrants(grants) : options.Grants;
    }

    private bool Flag(string variable) => Read(variable) switch
    {
        null => false,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Malformed(variable, "must be true or false"),
    };

    private int? Number(string variable) => Read(variable) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw Malformed(variable, "must be a whole number"),
    };

    private static IReadOnlyList<Grant> ParseGrants(string json)
    {
        try
        {
            return GrantsReader.Read(json);
        }
        catch (JsonException e)
        {
            throw Malformed(Grants, "must be a JSON list of objects with either principal (a string) or claim (an "
                + $"object of strings), and prefixes (a list of strings), each once; see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    private string? Read(string variable) =>
        variables(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static OptionsValidationException Malformed(string variable, string rule) =>
        new(nameof(ListerOptions), typeof(ListerOptions), [$"{variable} {rule}."]);
}
