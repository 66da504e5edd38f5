using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Tests.Hostile;

/// <summary>Connections that break, hang, trickle or never end.</summary>
public sealed class ConnectionTests
{
    private static readonly byte[] Listing = Encoding.UTF8.GetBytes(Answer.Listing);

    /// <summary>
    /// What breaks, and the requests that it takes: the SDK asks once more on a new connection, and the HTTP client of
    /// .NET asks four times for it where not a byte came.
    /// </summary>
    public static TheoryData<string, byte[], int, int> Broken => new()
    {
        { "nothing at all", [], 8, 503 },
        { "half of a status line", "HTTP/1.1 20"u8.ToArray(), 2, 503 },
        { "no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), 1, 503 },
        { "headers without an end", "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"u8.ToArray(), 2, 503 },
        { "half of the body", [.. Answer.Head("200 OK", Length(Listing.Length)), .. Listing.AsSpan(0, Listing.Length / 2)], 2, 503 },
        { "all of the body but a byte", [.. Answer.Head("200 OK", Length(Listing.Length)), .. Listing.AsSpan(0, Listing.Length - 1)], 2, 503 },
        { "half of a body without a length", [.. Answer.Head("200 OK"), .. Listing.AsSpan(0, Listing.Length / 2)], 1, 503 },
        { "a length too short", [.. Answer.Head("200 OK", Length(Listing.Length / 2)), .. Listing], 1, 503 },
        { "chunks without a last one", [.. Answer.Head("200 OK", "Transfer-Encoding: chunked"), .. Chunk(Listing)], 2, 503 },
        { "chunks of no size", [.. Answer.Head("200 OK", "Transfer-Encoding: chunked"), .. "zz\r\n"u8, .. Listing], 1, 503 },
        { "a chunk cut", [.. Answer.Head("200 OK", "Transfer-Encoding: chunked"), .. Chunk(Listing).AsSpan(0, 100)], 2, 503 },
        { "a coding that nobody asked for", [.. Answer.Head("200 OK", Length(Listing.Length), "Content-Encoding: gzip"), .. Listing.Reverse()], 1, 502 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Response_Is_503_When_S3s_Breaks_Off_And_502_When_It_Is_Whole_And_Wrong(string what, byte[] bytes, int requests, int status)
    {
        await using HostileS3 s3 = new(Answer.Raw(bytes));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var answer = await api.GetObjectsAsync(Answer.Query);

        Assert.True(answer.Status == status, $"{what}: {answer.Body}");
        Assert.Equal(status == 503 ? "UpstreamUnavailable" : "UpstreamFailure", answer.Json.GetProperty("code").GetString());
        Assert.Equal((what, requests), (what, s3.Requests.Length));
    }

    [Fact]
    public async Task Listing_Is_Whole_When_It_Comes_In_Chunks()
    {
        await using HostileS3 s3 = new(Answer.Raw(
            [.. Answer.Head("200 OK", "Transfer-Encoding: chunked"), .. Chunk(Listing[..7]), .. Chunk(Listing[7..]), .. Chunk([])]));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        Assert.Equal(200, (await api.GetObjectsAsync(Answer.Query)).Status);
    }

    [Fact]
    public async Task Listing_Is_Whole_When_The_Connection_Is_Cut_Once()
    {
        await using HostileS3 s3 = new(
            Answer.Raw([.. Answer.Head("200 OK", Length(Listing.Length)), .. Listing.AsSpan(0, 500)]), Answer.Ok(Answer.Listing));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket, retries: 2);

        var answer = await api.GetObjectsAsync(Answer.Query);

        Assert.Equal((200, 2), (answer.Status, s3.Requests.Length));
    }

    [Fact]
    public async Task Response_Is_503_When_Nobody_Listens()
    {
        // Bound, so that no other program gets the port, and not listening.
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using ComposedApi api = new(new($"http://{taken.LocalEndPoint}/"), Answer.Bucket);

        var answer = await api.GetObjectsAsync();
        var health = await api.GetHealthAsync();

        Assert.Equal((503, "UpstreamUnavailable"), (answer.Status, answer.Json.GetProperty("code").GetString()));
        Assert.Equal((503, "Unreachable"), (health.Status, health.Json.GetProperty("cause").GetString()));
    }

    [Fact]
    public async Task Answer_Is_504_When_Nothing_Comes_Before_The_Deadline()
    {
        FakeTimeProvider time = new();
        await using HostileS3 s3 = new((_, end) => HangAsync(time, end));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket, time: time);

        var answer = await api.GetObjectsAsync();

        Assert.Equal((504, "DeadlineExceeded"), (answer.Status, answer.Json.GetProperty("code").GetString()));
        Assert.Single(s3.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_Is_504_When_The_Body_Trickles_Beyond_The_Deadline(bool moves)
    {
        FakeTimeProvider time = new();
        await using HostileS3 s3 = new(async (stream, end) =>
        {
            await stream.WriteAsync(Answer.Head("200 OK", Length(Listing.Length)), end);
            for (var i = 0; i < Listing.Length - 1; i++)
            {
                await stream.WriteAsync(Listing.AsMemory(i, 1), end);
                if (i == 20)
                {
                    time.Advance(PastTheDeadline);
                }

                await Task.Delay(moves || i < 20 ? TimeSpan.FromMilliseconds(10) : Timeout.InfiniteTimeSpan, end);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, end);
        });
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket, time: time);

        var answer = await api.GetObjectsAsync(Answer.Query);

        Assert.Equal((504, "DeadlineExceeded"), (answer.Status, answer.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Page_Ends_Earlier_When_The_Next_Body_Trickles_Beyond_The_Deadline()
    {
        FakeTimeProvider time = new();
        await using HostileS3 s3 = new(
            Answer.Ok(Answer.Page(["a"], "one")),
            async (stream, end) =>
            {
                await stream.WriteAsync(Answer.Head("200 OK", Length(Listing.Length)), end);
                await stream.WriteAsync(Listing.AsMemory(0, 500), end);
                await HangAsync(time, end);
            });
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket, time: time);

        var answer = await api.GetObjectsAsync("max-keys=1001");

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, answer.Json.GetProperty("keyCount").GetInt32());
        Assert.True(answer.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Theory]
    [InlineData("<Contents>")]
    [InlineData("<ListBucketResult><Name>")]
    [InlineData("<!-- -->")]
    public async Task Response_Is_503_When_The_Body_Has_No_End(string repeated)
    {
        // A page of S3's is a few megabytes at most. This is more than any machine has.
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(repeated, 10_000)));
        var written = 0L;
        await using HostileS3 s3 = new(async (stream, end) =>
        {
            await stream.WriteAsync(Answer.Head("200 OK"), end);
            await stream.WriteAsync(Listing.AsMemory(0, Listing.Length - "</ListBucketResult>".Length), end);
            while (true)
            {
                await stream.WriteAsync(block, end);
                written += block.Length;
            }
        });
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var answer = await api.GetObjectsAsync(Answer.Query);

        Assert.Equal((503, "UpstreamUnavailable"), (answer.Status, answer.Json.GetProperty("code").GetString()));
        Assert.InRange(written, 1, 48 << 20);
    }

    /// <summary>As much as the function has in all.</summary>
    private static TimeSpan PastTheDeadline => new FunctionContext().RemainingTime;

    /// <summary>The function's deadline passes, and nothing more is sent.</summary>
    private static Task HangAsync(FakeTimeProvider time, CancellationToken end)
    {
        time.Advance(PastTheDeadline);
        return Task.Delay(Timeout.InfiniteTimeSpan, end);
    }

    private static string Length(int length) => $"Content-Length: {length.ToString(CultureInfo.InvariantCulture)}";

    private static byte[] Chunk(byte[] bytes) => [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];
}
