using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Contract;

/// <summary>A bucket whose objects can be replaced, so that one server can serve many buckets in turn.</summary>
internal sealed class ChangingStore : IObjectStore
{
    public IObjectStore Objects { get; set; } = TestBucket.Store([]);

    public IObjectCursor OpenCursor() => Objects.OpenCursor();
}
