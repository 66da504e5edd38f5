using System.Globalization;
using System.Text.Json;
using S3Lister.Functions.Access;

namespace S3Lister.Functions.Configuration;

/// <summary>Reads <see cref="ListerOptions"/> from environment variables. A blank value counts as not set.</summary>
internal sealed class ListerEnvironment(Func<string, string?> variables)
{
    public const string Bucket = "S3LISTER_BUCKET";
    public const string ExpectedBucketOwner = "S3LISTER_EXPECTED_BUCKET_OWNER";
    public const string Endpoint = "S3LISTER_ENDPOINT";
    public const string ForcePathStyle = "S3LISTER_FORCE_PATH_STYLE";
    public const string RequestPayer = "S3LISTER_REQUEST_PAYER";
    public const string ScanBudget = "S3LISTER_SCAN_BUDGET";
    public const string RequestBudget = "S3LISTER_REQUEST_BUDGET";
    public const string TrustedRoots = "S3LISTER_TRUSTED_ROOTS";
    public const string Priming = "S3LISTER_PRIMING";
    public const string Grants = "S3LISTER_GRANTS";
    public const string ListablePrefixes = "S3LISTER_LISTABLE_PREFIXES";

    /// <exception cref="InvalidConfigurationException">Values are invalid. The message names all of them, or the first one that cannot be parsed.</exception>
    public ListerOptions Read()
    {
        var options = ReadUnvalidated();
        var failures = ListerOptionsValidator.Validate(options);
        return failures.Count == 0 ? options : throw new InvalidConfigurationException(failures);
    }

    /// <exception cref="InvalidConfigurationException">A value cannot be parsed.</exception>
    public ListerOptions ReadUnvalidated() => new()
    {
        Bucket = Read(Bucket) ?? "",
        ExpectedBucketOwner = Read(ExpectedBucketOwner),
        Endpoint = Read(Endpoint) switch
        {
            null => null,
            var text when Uri.TryCreate(text, UriKind.Absolute, out var endpoint) => endpoint,
            _ => throw Malformed(Endpoint, "must be an absolute URL, such as https://s3.example.com"),
        },
        ForcePathStyle = Flag(ForcePathStyle),
        RequestPayer = Flag(RequestPayer),
        TrustedRoots = Read(TrustedRoots) ?? Configuration.TrustedRoots.Amazon,
        Priming = Flag(Priming, true),
        ScanBudget = Number(ScanBudget) ?? ListerOptions.DefaultScanBudget,
        RequestBudget = Number(RequestBudget) ?? ListerOptions.DefaultRequestBudget,
        Grants = Read(Grants) is { } grants ? ParseGrants(grants) : ListerOptions.DefaultGrants,

        // Not trimmed: the condition in the roles' policies compares spaces, too.
        ListablePrefixes = Read(ListablePrefixes) is null ? ListerOptions.WholeBucket : variables(ListablePrefixes)!.Split(','),
    };

    private bool Flag(string variable, bool unset = false) => Read(variable) switch
    {
        null => unset,
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
                + $"object of strings), and prefixes (a list of strings), without duplicates; see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    private string? Read(string variable) =>
        variables(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static InvalidConfigurationException Malformed(string variable, string rule) => new($"{variable} {rule}.");
}
