namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>An error response of S3.</summary>
/// <param name="Code">S3's code.</param>
/// <param name="Message">S3's message.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record S3Error(string Code, string Message, int Status)
{
    public static S3Error AccessDenied { get; } = new("AccessDenied", "Access Denied", 403);

    public static S3Error InvalidUri { get; } = new("InvalidURI", "Couldn't parse the specified URI.", 400);

    public static S3Error NoSuchKey { get; } = new("NoSuchKey", "The specified key does not exist.", 404);

    public static S3Error SlowDown { get; } = new("SlowDown", "Please reduce your request rate.", 503);

    /// <summary>Further elements of this error.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    public static S3Error InvalidArgument(string message, string name, string? value = null) => new(
        "InvalidArgument", message, 400)
    {
        Details = value is null ? [("ArgumentName", name)] : [("ArgumentName", name), ("ArgumentValue", value)],
    };

    public static S3Error InvalidBucketName(string bucket) => new(
        "InvalidBucketName", "The specified bucket is not valid.", 400)
    {
        Details = [("BucketName", bucket)],
    };

    public static S3Error KeyTooLong(int bytes) => new("KeyTooLongError", "Your key is too long", 400)
    {
        Details = [("Size", $"{bytes}"), ("MaxSizeAllowed", $"{S3Limits.MaxKeyBytes}")],
    };

    public static S3Error MethodNotAllowed(string method) => new(
        "MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
    {
        Details = [("Method", method)],
    };

    public static S3Error NoSuchBucket(string bucket) => new(
        "NoSuchBucket", "The specified bucket does not exist", 404)
    {
        Details = [("BucketName", bucket)],
    };

    /// <summary>S3's error for an operation that is not implemented.</summary>
    public static S3Error NotImplemented(string what) => new(
        "NotImplemented", $"The embedded S3 does not implement {what}.", 501);

    public static S3Error PermanentRedirect(string bucket, string region) => new(
        "PermanentRedirect",
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all "
            + "future requests to this endpoint.",
        301)
    {
        Details = [("Endpoint", $"{bucket}.s3.{region}.amazonaws.com"), ("Bucket", bucket)],
    };
}
