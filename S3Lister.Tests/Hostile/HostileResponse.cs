using System.Text;

namespace S3Lister.Tests.Hostile;

/// <summary>Valid and invalid responses for <see cref="HostileS3"/>.</summary>
internal static class HostileResponse
{
    public const string Bucket = "hostile-bucket";

    /// <summary>The query of our API for <see cref="Listing"/>.</summary>
    public const string Query = "delimiter=%2F&max-keys=3&prefix=logs%2F&start-after=logs%2Fa";

    /// <summary>The right response to <see cref="Query"/>.</summary>
    public const string Listing =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>hostile-bucket</Name><Prefix>logs%2F</Prefix><StartAfter>logs%2Fa</StartAfter><KeyCount>2</KeyCount><MaxKeys>3</MaxKeys><Delimiter>%2F</Delimiter><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated><Contents><Key>logs%2Fb</Key><LastModified>2026-11-23T18:19:29.000Z</LastModified><ETag>&quot;764efa883dda1e11db47671c4a3bbd9e&quot;</ETag><Size>3</Size><StorageClass>STANDARD</StorageClass></Contents><CommonPrefixes><Prefix>logs%2Fc%2F</Prefix></CommonPrefixes></ListBucketResult>
        """;

    /// <summary>The response to a query without parameters: objects with these keys, then common prefixes.</summary>
    public static string Page(string[] keys, string? nextToken = null, string[]? commonPrefixes = null, string parameters = "<Prefix/><MaxKeys>1000</MaxKeys>") =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>{Bucket}</Name>{parameters}<EncodingType>url</EncodingType><IsTruncated>{(nextToken is null ? "false" : "true")}</IsTruncated>{(nextToken is null ? "" : $"<NextContinuationToken>{nextToken}</NextContinuationToken>")}{string.Concat(keys.Select(Contents))}{string.Concat((commonPrefixes ?? []).Select(prefix => $"<CommonPrefixes><Prefix>{prefix}</Prefix></CommonPrefixes>"))}</ListBucketResult>
        """;

    public static string Error(string code, string more = "") =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>{code}</Code><Message>S3 says more than a caller may know</Message>{more}<RequestId>4442587FB7D0A2F9</RequestId></Error>
        """;

    public static Func<Stream, CancellationToken, Task> Ok(string body) => Of("200 OK", body);

    /// <summary>A complete response.</summary>
    public static Func<Stream, CancellationToken, Task> Of(string status, string body, params string[] headers) =>
        Of(status, Encoding.UTF8.GetBytes(body), headers);

    public static Func<Stream, CancellationToken, Task> Of(string status, byte[] body, params string[] headers) =>
        Raw([.. Head(status, [.. headers, $"Content-Length: {body.Length}"]), .. body]);

    /// <summary>Sends these bytes, and closes the connection.</summary>
    public static Func<Stream, CancellationToken, Task> Raw(byte[] bytes) =>
        async (stream, cancellationToken) => await stream.WriteAsync(bytes, cancellationToken);

    public static Func<Stream, CancellationToken, Task> Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    public static byte[] Head(string status, params string[] headers) =>
        Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nConnection: close\r\nx-amz-request-id: 4442587FB7D0A2F9\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n");

    private static string Contents(string key) =>
        $"<Contents><Key>{key}</Key><LastModified>2026-11-23T18:19:29.000Z</LastModified><ETag>&quot;764e&quot;</ETag><Size>3</Size></Contents>";
}
