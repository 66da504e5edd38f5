using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Contract;

/// <summary>A bucket whose objects are all exchanged at once, so that one server serves many buckets.</summary>
internal sealed class ChangingStore : IObjectStore
{
    public IObjectStore Objects { get; set; } = TestBucket.Store([]);

    public IObjectCursor OpenCursor() => Objects.OpenCursor();
}
