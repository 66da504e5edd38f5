namespace S3Lister.Tests.Stores;

/// <summary>An object as a store writes it. Fields that are null are omitted.</summary>
internal sealed record StoreEntry(string Key, string? LastModified, string? ETag, string? Size, string? StorageClass)
{
    /// <summary>Elements that S3 writes only on request, or not at all.</summary>
    public string Further { get; init; } = "";
}
