using System.Text;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Testing;

/// <summary>An embedded S3 with one bucket, and a client of it.</summary>
internal sealed class TestBucket : IAsyncDisposable
{
    public const string Name = "test-bucket";

    private TestBucket(EmbeddedS3Server server)
    {
        Server = server;
        Client = new RawS3(server.Endpoint);
    }

    public EmbeddedS3Server Server { get; }

    public RawS3 Client { get; }

    public static Task<TestBucket> StartAsync(params string[] keys) => StartAsync(Store(keys));

    public static async Task<TestBucket> StartAsync(
        IObjectStore store, Func<EmbeddedS3Options, EmbeddedS3Options>? change = null)
    {
        var options = new EmbeddedS3Options { Buckets = new Dictionary<string, IObjectStore> { [Name] = store } };
        return new TestBucket(await EmbeddedS3Server.StartAsync(
            change?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }

    public static InMemoryObjectStore Store(IEnumerable<string> keys) =>
        new(keys.Select(key => new StoredObject(Encoding.UTF8.GetBytes(key), Info(key.Length))));

    public static ObjectInfo Info(long size) =>
        new() { Size = size, LastModified = 1_793_000_000, ETag = new ETag(1, (ulong)size, 0) };

    public Task<S3Listing> ListAsync(ListingQuery query) => Client.ListAsync(Name, query);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
