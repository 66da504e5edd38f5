using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>An error as S3 answers it.</summary>
/// <param name="Code">S3's code.</param>
/// <param name="Message">S3's message.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record S3Error(string Code, string Message, int Status)
{
    public static S3Error AccessDenied { get; } = new("AccessDenied", "Access Denied", 403);

    public static S3Error BadContentMd5 { get; } = new(
        "BadDigest", "The Content-MD5 you specified did not match what we received.", 400);

    public static S3Error ContentSha256Mismatch { get; } = new(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        400);

    public static S3Error EntityTooSmall { get; } = new(
        "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400);

    public static S3Error IncompleteBody { get; } = new(
        "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header", 400);

    public static S3Error InvalidDigest { get; } = new(
        "InvalidDigest", "The Content-MD5 you specified was invalid.", 400);

    public static S3Error InvalidPart { get; } = new(
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the "
            + "specified entity tag may not match the part's entity tag.",
        400);

    public static S3Error InvalidPartOrder { get; } = new(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
        400);

    public static S3Error InvalidStorageClass { get; } = new(
        "InvalidStorageClass", "The storage class you specified is not valid", 400);

    public static S3Error InvalidUri { get; } = new("InvalidURI", "Couldn't parse the specified URI.", 400);

    public static S3Error MalformedXml { get; } = new(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
        400);

    public static S3Error MissingContentLength { get; } = new(
        "MissingContentLength", "You must provide the Content-Length HTTP header.", 411);

    public static S3Error NoSuchUpload { get; } = new(
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
            + "completed.",
        404);

    public static S3Error SlowDown { get; } = new("SlowDown", "Please reduce your request rate.", 503);

    /// <summary>Elements that this code has besides those that every error has.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    public static S3Error BadChecksum(ChecksumAlgorithm algorithm) => new(
        "BadDigest",
        $"The {Encoding.ASCII.GetString(algorithm.Utf8Name())} you specified did not match the calculated checksum.",
        400);

    public static S3Error BucketAlreadyOwnedByYou(string bucket) => new(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        409)
    {
        Details = [("BucketName", bucket)],
    };

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

    public static S3Error NoSuchKey(string key) => new("NoSuchKey", "The specified key does not exist.", 404)
    {
        Details = [("Key", key)],
    };

    /// <summary>S3's answer to what it does not implement, with what that is.</summary>
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
