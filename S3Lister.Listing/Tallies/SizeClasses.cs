namespace S3Lister.Listing.Tallies;

/// <summary>Classes of the size in bytes.</summary>
/// <remarks>
/// 128 KiB is the minimum size of an object for lifecycle transitions and for the charges of several classes, and 5 GiB the
/// maximum that one request can copy to another class.
/// </remarks>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"/>
internal static class SizeClasses
{
    public static ClassEdges All { get; } = new([128L << 10, 1L << 20, 16L << 20, 128L << 20, 1L << 30, 5L << 30]);
}
