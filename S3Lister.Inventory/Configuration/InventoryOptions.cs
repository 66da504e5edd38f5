using S3Lister.Listing.S3;

namespace S3Lister.Inventory.Configuration;

/// <summary>The settings of the functions, from environment variables. A blank value counts as not set.</summary>
internal sealed record InventoryOptions
{
    public const string BucketVariable = "S3LISTER_BUCKET";
    public const string OwnerVariable = "S3LISTER_EXPECTED_BUCKET_OWNER";
    public const string PrefixVariable = "S3LISTER_PREFIX";
    public const string RequestPayerVariable = "S3LISTER_REQUEST_PAYER";
    public const string DestinationVariable = "S3LISTER_DESTINATION";
    public const string DestinationOwnerVariable = "S3LISTER_DESTINATION_OWNER";
    public const string MaxConcurrencyVariable = "S3LISTER_MAX_CONCURRENCY";
    public const string EndpointVariable = "S3LISTER_ENDPOINT";
    public const string DestinationEndpointVariable = "S3LISTER_DESTINATION_ENDPOINT";
    public const string ForcePathStyleVariable = "S3LISTER_FORCE_PATH_STYLE";

    public const int DefaultMaxConcurrency = 16;

    /// <summary><c>S3LISTER_BUCKET</c>, required: the general purpose bucket to list.</summary>
    public string Bucket { get; init; } = "";

    /// <summary><c>S3LISTER_EXPECTED_BUCKET_OWNER</c>: the account, 12 digits, that must own the bucket; null for any.</summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary><c>S3LISTER_PREFIX</c>: the prefix of the keys to list; empty for the whole bucket.</summary>
    public string Prefix { get; init; } = "";

    /// <summary><c>S3LISTER_REQUEST_PAYER</c>, <c>true</c> or <c>false</c> (default): whether to pay for the requests.</summary>
    public bool RequestPayer { get; init; }

    /// <summary><c>S3LISTER_DESTINATION</c>, required: the bucket that gets the inventories.</summary>
    public string Destination { get; init; } = "";

    /// <summary><c>S3LISTER_DESTINATION_OWNER</c>: the account that must own the destination; null for any.</summary>
    public string? DestinationOwner { get; init; }

    /// <summary><c>S3LISTER_MAX_CONCURRENCY</c>: the number of exports at a time, 1 to 1000; default 16.</summary>
    public int MaxConcurrency { get; init; } = DefaultMaxConcurrency;

    /// <summary><c>S3LISTER_ENDPOINT</c>: the URL of an S3-compatible store with the bucket to list; null for AWS.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary><c>S3LISTER_DESTINATION_ENDPOINT</c>: the same for the destination; null for the endpoint of the bucket.</summary>
    public Uri? DestinationEndpoint { get; init; }

    /// <summary><c>S3LISTER_FORCE_PATH_STYLE</c>, <c>true</c> or <c>false</c> (default): whether buckets are in the URL's path.</summary>
    public bool ForcePathStyle { get; init; }

    public ListedBucket ListedBucket => new(Bucket, ExpectedBucketOwner, RequestPayer);

    /// <exception cref="InvalidOperationException">Variables are invalid. The message names each one and its rule.</exception>
    public static InventoryOptions Read(Func<string, string?> variables)
    {
        List<string> violations = [];
        InventoryOptions options = new()
        {
            Bucket = Required(BucketVariable),
            ExpectedBucketOwner = Account(OwnerVariable),
            Prefix = variables(PrefixVariable) ?? "",
            RequestPayer = Flag(RequestPayerVariable),
            Destination = Required(DestinationVariable),
            DestinationOwner = Account(DestinationOwnerVariable),
            MaxConcurrency = Concurrency(),
            Endpoint = Url(EndpointVariable),
            DestinationEndpoint = Url(DestinationEndpointVariable),
            ForcePathStyle = Flag(ForcePathStyleVariable),
        };
        return violations.Count == 0 ? options : throw new InvalidOperationException(string.Join(" ", violations));

        string? Value(string name) => variables(name)?.Trim() is { Length: > 0 } value ? value : null;

        string Required(string name) => Value(name) ?? Invalid(name, "is not set; it must be the name of a bucket", "");

        string? Account(string name) => Value(name) is not { } value || (value.Length == 12 && value.All(char.IsAsciiDigit))
            ? Value(name)
            : Invalid(name, "must be an account ID of 12 digits", value);

        bool Flag(string name) => Value(name) is { } value && (bool.TryParse(value, out var flag) ? flag : Invalid(name, "must be true or false", false));

        int Concurrency() => Value(MaxConcurrencyVariable) is not { } value ? DefaultMaxConcurrency
            : int.TryParse(value, out var number) && number is >= 1 and <= 1000 ? number
            : Invalid(MaxConcurrencyVariable, "must be a whole number from 1 to 1000", DefaultMaxConcurrency);

        Uri? Url(string name) => Value(name) is not { } value ? null
            : Uri.TryCreate(value, UriKind.Absolute, out var url) ? url
            : Invalid<Uri?>(name, "must be an absolute URL", null);

        T Invalid<T>(string name, string rule, T otherwise)
        {
            violations.Add($"{name} {rule}.");
            return otherwise;
        }
    }
}
