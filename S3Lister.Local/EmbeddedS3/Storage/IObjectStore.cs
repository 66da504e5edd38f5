namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// The objects of a bucket in the order of S3: by the bytes of their keys in UTF-8. A listing only seeks and reads
/// on from there, so a store can hold its keys, find them on a disk, or compute them.
/// </summary>
internal interface IObjectStore
{
    /// <summary>A cursor for one request. Stores are used by many requests at once, a cursor by one.</summary>
    IObjectCursor OpenCursor();
}

/// <summary>A place among the keys of a store.</summary>
internal interface IObjectCursor
{
    /// <summary>The key here; valid until the cursor moves.</summary>
    ReadOnlySpan<byte> Key { get; }

    /// <summary>What is known of the object here.</summary>
    ObjectInfo Info { get; }

    /// <summary>Goes to the first key that is not before <paramref name="key"/>; false when there is none.</summary>
    bool Seek(ReadOnlySpan<byte> key);

    /// <summary>Goes to the next key; false when there is none.</summary>
    bool MoveNext();
}
