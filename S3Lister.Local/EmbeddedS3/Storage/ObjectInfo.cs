namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>What a listing says of an object besides its key. Contents are not kept.</summary>
internal readonly record struct ObjectInfo
{
    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Seconds since 1970 in UTC: S3 lists whole seconds.</summary>
    public required long LastModified { get; init; }

    public required ETag ETag { get; init; }

    public StorageClass StorageClass { get; init; }

    public ChecksumAlgorithm ChecksumAlgorithm { get; init; }

    /// <summary>The checksum is one over the checksums of the parts, not over the whole object.</summary>
    public bool IsCompositeChecksum { get; init; }
}

/// <summary>An object as stores are loaded with it. The key is UTF-8.</summary>
internal readonly record struct StoredObject(ReadOnlyMemory<byte> Key, ObjectInfo Info);
