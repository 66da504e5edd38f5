using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>A bucket of the embedded S3.</summary>
/// <param name="Name">Its name, by S3's rules.</param>
/// <param name="Region">Where it is.</param>
/// <param name="Store">What is in it.</param>
/// <param name="Created">When it was made.</param>
internal sealed record S3Bucket(string Name, string Region, IObjectStore Store, DateTimeOffset Created);
