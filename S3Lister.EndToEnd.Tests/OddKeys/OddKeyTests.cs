using System.Net;
using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.EndToEnd.Tests.OddKeys;

/// <summary>
/// Every key that is put comes out of the API as the same bytes: put over HTTP, listed by the real executable, read by
/// python's json and csv.
/// </summary>
[Collection<MotoServerTests>]
public sealed class OddKeyTests(MotoServer moto) : IDisposable
{
    private readonly ReadBack _readBack = new();

    public void Dispose() => _readBack.Dispose();

    [Fact]
    public async Task Keys_Come_Back_From_The_Embedded_S3()
    {
        InMemoryObjectStore store = new();
        await using var bucket = await TestBucket.StartAsync(store);
        string[] keys = [.. OddKey.Others.Concat(OddKey.LineFeed).Concat(OddKey.Random(3000)).Distinct()];
        await PutAsync(bucket.Client, keys, HttpStatusCode.OK);

        // Its web server refuses a path with U+0000 before any of ours sees it; a listing has them all the same.
        await PutAsync(bucket.Client, OddKey.Nul, HttpStatusCode.BadRequest);
        foreach (var key in OddKey.Nul)
        {
            store.Put(Encoding.UTF8.GetBytes(key), TestBucket.Info(1));
        }

        await _readBack.CheckAsync(bucket.Server.Endpoint, TestBucket.Name, [.. keys, .. OddKey.Nul]);
    }

    [Fact]
    public async Task Keys_Come_Back_From_Moto()
    {
        await moto.ResetAsync(TestContext.Current.CancellationToken);
        using RawS3 client = new(moto.Endpoint);
        await client.SendAsync(HttpMethod.Put, $"/{TestBucket.Name}");
        string[] keys = [.. OddKey.Others.Concat(OddKey.Nul).Concat(OddKey.Random(400)).Distinct()];
        await PutAsync(client, keys, HttpStatusCode.OK);

        // It has no route for a path with a line feed. It holds all other keys.
        await PutAsync(client, OddKey.LineFeed, HttpStatusCode.NotFound);

        await _readBack.CheckAsync(moto.Endpoint, TestBucket.Name, keys);
    }

    private static async Task PutAsync(RawS3 client, IEnumerable<string> keys, HttpStatusCode expected)
    {
        foreach (var key in keys)
        {
            var answer = await client.SendAsync(HttpMethod.Put, $"/{TestBucket.Name}/{Uri.EscapeDataString(key)}", "x");
            Assert.True(answer.Status == expected, $"{answer.Status} for {Uri.EscapeDataString(key)}: {answer.Text}");
        }
    }
}
