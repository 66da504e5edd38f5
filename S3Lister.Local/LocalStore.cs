using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Sample;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local;

/// <summary>The bucket that the functions list, and the environment variables for it.</summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Description">For people.</param>
/// <param name="Environment">The function's options and its credentials.</param>
/// <param name="S3">The embedded S3, when that serves it.</param>
internal sealed record LocalStore(
    string Bucket, string Description, IReadOnlyDictionary<string, string> Environment, EmbeddedS3Server? S3)
    : IAsyncDisposable
{
    /// <summary>Counts the entries of a folder that are not in the bucket.</summary>
    public FolderSurvey? Survey { get; private init; }

    private const string SampleBucketName = "sample-bucket";
    private const string FolderBucket = "folder-bucket";

    // What the AWS SDK may need to find the user's credentials.
    private static readonly string[] UserVariables =
    [
        "HOME", "USERPROFILE", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_EC2_METADATA_DISABLED",
        "AWS_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy",
        "https_proxy", "no_proxy",
    ];

    /// <summary>A bucket of the user's own, listed with the user's own credentials.</summary>
    public static LocalStore Existing(LocalOptions options)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["S3LISTER_BUCKET"] = options.Bucket! };
        foreach (var name in UserVariables)
        {
            if (System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        if (options.ExpectedBucketOwner is { } owner)
        {
            environment["S3LISTER_EXPECTED_BUCKET_OWNER"] = owner;
        }

        if (options.Endpoint is { } endpoint)
        {
            environment["S3LISTER_ENDPOINT"] = endpoint;
            environment["S3LISTER_FORCE_PATH_STYLE"] = "true";
        }

        return new LocalStore(
            options.Bucket!,
            options.Endpoint is null ? $"in {options.Region}, with your AWS credentials" : $"at {options.Endpoint}",
            environment,
            null);
    }

    /// <summary>A bucket of the embedded S3: a folder's, or the sample's. It is listed with local keys.</summary>
    public static async Task<LocalStore> EmbeddedAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        var folder = options.Folder is null ? null : new FolderObjectStore(options.Folder, options.Report);
        var (bucket, description) = folder is null
            ? (SampleBucketName, $"{SampleBucket.Count:N0} sample objects")
            : (FolderBucket, $"the files in {options.Folder}");
        IObjectStore objects = folder is null ? SampleBucket.Create() : folder;
#pragma warning disable CA2000 // Disposed of by the store that is returned.
        var server = await EmbeddedS3Server.StartAsync(
            new EmbeddedS3Options
            {
                Buckets = new Dictionary<string, IObjectStore> { [bucket] = objects },
                Region = options.Region,
                Port = options.S3Port,
                AccountId = LocalIdentities.AccountId,
                Authenticate = new S3Authentication(options.Region, [LocalIdentities.User, LocalIdentities.FunctionRole]).Authenticate,
            },
            cancellationToken);
#pragma warning restore CA2000
        return new LocalStore(
            bucket,
            description,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["S3LISTER_BUCKET"] = bucket,
                ["S3LISTER_EXPECTED_BUCKET_OWNER"] = LocalIdentities.AccountId,
                ["S3LISTER_ENDPOINT"] = server.Endpoint.GetLeftPart(UriPartial.Authority),
                ["S3LISTER_FORCE_PATH_STYLE"] = "true",
                ["AWS_ACCESS_KEY_ID"] = LocalIdentities.FunctionRole.AccessKeyId,
                ["AWS_SECRET_ACCESS_KEY"] = LocalIdentities.FunctionRole.SecretAccessKey,
                ["AWS_SESSION_TOKEN"] = LocalIdentities.FunctionRole.SessionToken!,
                ["AWS_EC2_METADATA_DISABLED"] = "true",
            },
            server)
        {
            Survey = folder is null ? null : new FolderSurvey(folder, options.Report),
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (Survey is not null)
        {
            await Survey.DisposeAsync();
        }

        if (S3 is not null)
        {
            await S3.DisposeAsync();
        }
    }
}
