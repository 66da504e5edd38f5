using S3Lister.Functions.Configuration;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Local;

/// <summary>Options of <see cref="LocalStack"/>. Without a bucket or a folder, it serves the sample bucket.</summary>
internal sealed record LocalOptions
{
    /// <summary>A port that no other program is known to use by default.</summary>
    public const int DefaultPort = 5387;

    /// <summary>A directory that the embedded S3 serves as a bucket.</summary>
    public string? Folder { get; init; }

    /// <summary>A bucket that exists, in AWS or at <see cref="Endpoint"/>.</summary>
    public string? Bucket { get; init; }

    /// <summary>The bucket's region, and the one that requests are signed for. Default: us-east-1.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The URL of an S3-compatible store that has <see cref="Bucket"/>. Default: AWS.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The account that must own <see cref="Bucket"/>. Default: not checked.</summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>The embedded S3's port on 127.0.0.1; 0, the default, means a free one.</summary>
    public int S3Port { get; init; }

    /// <summary>
    /// The API's port on 127.0.0.1; 0 means a free one. Default: <see cref="DefaultPort"/>, or the next free one.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>The function's executable. Default: what the solution builds.</summary>
    public string? Function { get; init; }

    /// <summary>The SAM template. Default: the solution's serverless.template.</summary>
    public string? Template { get; init; }

    /// <summary>How many processes of one function may run at once. Default: 4.</summary>
    public int MaxInstances { get; init; } = 4;

    /// <summary>Receives what the functions log. Default: none.</summary>
    public IFunctionObserver Observer { get; init; } = NullFunctionObserver.Instance;

    /// <summary>Receives a line for each file of <see cref="Folder"/> that cannot be listed. Default: none.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>Called after every request. Default: none.</summary>
    public Action<Gateway.AccessLogEntry>? AccessLog { get; init; }

    /// <summary>Throws <see cref="LocalStackException"/> when an option is not valid, or does not fit another.</summary>
    public void Validate()
    {
        var problem = this switch
        {
            { Folder: not null, Bucket: not null } => "--folder and --bucket exclude each other.",
            { Endpoint: not null, Bucket: null } => "--endpoint needs --bucket.",
            { Bucket: { } bucket } when BucketName.FindViolation(bucket) is { } reason => $"--bucket {reason}.",
            { Folder: { } folder } when !Directory.Exists(folder) => $"The folder {folder} does not exist.",
            { Endpoint: { } endpoint } when !IsHttp(endpoint) => $"'{endpoint}' is not an http or https URL.",
            { ExpectedBucketOwner: not null, Bucket: null } => "--expected-bucket-owner needs --bucket.",
            { S3Port: < 0 or > 65535 } => $"{S3Port} is not a port: it is a number from 0 to 65535.",
            { S3Port: not 0, Bucket: not null } => "--s3-port is the embedded S3's, which --bucket does without.",
            { Port: < 0 or > 65535 } => $"{Port} is not a port: it is a number from 0 to 65535.",
            { MaxInstances: < 1 or > 100 } => "--max-instances is a number from 1 to 100.",
            { Region: "" } => "--region must not be empty.",
            { Function: { } function } when !File.Exists(function) => $"The executable {function} does not exist.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new LocalStackException(problem);
        }
    }

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
