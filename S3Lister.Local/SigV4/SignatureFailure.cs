namespace S3Lister.Local.SigV4;

/// <summary>Why a request is not authenticated.</summary>
internal enum SignatureFailure
{
    /// <summary>Neither an Authorization header nor a presigned query.</summary>
    Missing,

    /// <summary>Not in the form of Signature Version 4, or both forms at once.</summary>
    Malformed,

    /// <summary><c>host</c> or an <c>x-amz-*</c> header is there and not signed.</summary>
    UnsignedHeader,

    /// <summary>Signed longer ago than the clocks may differ, or a presigned query past its end.</summary>
    Expired,

    /// <summary>Signed further in the future than the clocks may differ.</summary>
    NotYetCurrent,

    /// <summary>Signed for another region than this verifier's; S3 redirects such a request.</summary>
    WrongRegion,

    /// <summary>Signed for another date, service or terminator.</summary>
    WrongScope,

    /// <summary>The access key is unknown.</summary>
    UnknownAccessKey,

    /// <summary>A session token is missing, wrong, or present where there must not be one.</summary>
    InvalidToken,

    /// <summary>The body is not the one whose hash was signed.</summary>
    PayloadMismatch,

    /// <summary>The signature is that of another request or of another secret.</summary>
    Mismatch,
}
