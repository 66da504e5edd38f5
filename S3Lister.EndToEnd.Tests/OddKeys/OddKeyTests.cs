using System.Net;

namespace S3Lister.EndToEnd.Tests.OddKeys;

/// <summary>
/// The API returns every key of a bucket with the same bytes: listed by the real executable, read by Python's json
/// and csv.
/// </summary>
[Collection<MotoServerTests>]
public sealed class OddKeyTests(MotoServer moto) : IDisposable
{
    private readonly ReadBack _readBack = new();

    public void Dispose() => _readBack.Dispose();

    [Fact]
    public async Task Keys_Of_The_Embedded_S3_Are_Read_Back_Unchanged()
    {
        string[] keys = [.. OddKey.Others.Concat(OddKey.LineFeed).Concat(OddKey.Random(3000)).Distinct()];
        await using var bucket = await TestBucket.StartAsync([.. keys, .. OddKey.Nul]);
        await SendAsync(HttpMethod.Head, bucket.Client, keys, HttpStatusCode.OK);

        // Kestrel refuses a path with U+0000; a listing has such keys all the same.
        await SendAsync(HttpMethod.Head, bucket.Client, OddKey.Nul, HttpStatusCode.BadRequest);

        await _readBack.CheckAsync(bucket.Server.Endpoint, TestBucket.Name, [.. keys, .. OddKey.Nul]);
    }

    [Fact]
    public async Task Keys_Of_Moto_Are_Read_Back_Unchanged()
    {
        await moto.ResetAsync(TestContext.Current.CancellationToken);
        using RawS3 client = new(moto.Endpoint);
        await client.SendAsync(HttpMethod.Put, $"/{TestBucket.Name}");
        string[] keys = [.. OddKey.Others.Concat(OddKey.Nul).Concat(OddKey.Random(400)).Distinct()];
        await SendAsync(HttpMethod.Put, client, keys, HttpStatusCode.OK);

        // It has no route for a path with a line feed. It holds all other keys.
        await SendAsync(HttpMethod.Put, client, OddKey.LineFeed, HttpStatusCode.NotFound);

        await _readBack.CheckAsync(moto.Endpoint, TestBucket.Name, keys);
    }

    private static async Task SendAsync(HttpMethod method, RawS3 client, IEnumerable<string> keys, HttpStatusCode expected)
    {
        foreach (var key in keys)
        {
            var response = await client.SendAsync(
                method, $"/{TestBucket.Name}/{Uri.EscapeDataString(key)}", method == HttpMethod.Put ? "x"u8.ToArray() : null);
            Assert.True(response.Status == expected, $"{response.Status} for {Uri.EscapeDataString(key)}: {response.Text}");
        }
    }
}
