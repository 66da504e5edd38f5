using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Tests.Hostile;

/// <summary>Connections that break, hang, trickle or never end.</summary>
public sealed class ConnectionTests
{
    private static readonly byte[] Listing = Encoding.UTF8.GetBytes(HostileResponse.Listing);

    /// <summary>
    /// What breaks, and the number of requests: the SDK retries once on a new connection, and the HTTP client of .NET
    /// sends four for each if no byte arrived.
    /// </summary>
    public static TheoryData<string, byte[], int, int> Broken => new()
    {
        { "nothing at all", [], 8, 503 },
        { "half of a status line", "HTTP/1.1 20"u8.ToArray(), 2, 503 },
        { "not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), 1, 503 },
        { "headers without an end", "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"u8.ToArray(), 2, 503 },
        { "half of the body", [.. HostileResponse.Head("200 OK", Length(Listing.Length)), .. Listing.AsSpan(0, Listing.Length / 2)], 2, 503 },
        { "all of the body but a byte", [.. HostileResponse.Head("200 OK", Length(Listing.Length)), .. Listing.AsSpan(0, Listing.Length - 1)], 2, 503 },
        { "half of a body without a length", [.. HostileResponse.Head("200 OK"), .. Listing.AsSpan(0, Listing.Length / 2)], 1, 503 },
        { "a length too short", [.. HostileResponse.Head("200 OK", Length(Listing.Length / 2)), .. Listing], 1, 503 },
        { "chunks without the last one", [.. HostileResponse.Head("200 OK", "Transfer-Encoding: chunked"), .. Chunk(Listing)], 2, 503 },
        { "chunks without a size", [.. HostileResponse.Head("200 OK", "Transfer-Encoding: chunked"), .. "zz\r\n"u8, .. Listing], 1, 503 },
        { "a chunk cut", [.. HostileResponse.Head("200 OK", "Transfer-Encoding: chunked"), .. Chunk(Listing).AsSpan(0, 100)], 2, 503 },
        { "a coding that was not requested", [.. HostileResponse.Head("200 OK", Length(Listing.Length), "Content-Encoding: gzip"), .. Listing.Reverse()], 1, 502 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Response_Is_503_When_S3s_Breaks_Off_And_502_When_It_Is_Complete_And_Wrong(string what, byte[] bytes, int requests, int status)
    {
        await using HostileS3 s3 = new(HostileResponse.Raw(bytes));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.True(response.Status == status, $"{what}: {response.Body}");
        Assert.Equal(status == 503 ? "UpstreamUnavailable" : "UpstreamFailure", response.Code);
        Assert.Equal((what, requests), (what, s3.Requests.Length));
    }

    [Fact]
    public async Task Listing_Is_Complete_When_It_Is_Chunked()
    {
        await using HostileS3 s3 = new(HostileResponse.Raw(
            [.. HostileResponse.Head("200 OK", "Transfer-Encoding: chunked"), .. Chunk(Listing[..7]), .. Chunk(Listing[7..]), .. Chunk([])]));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        Assert.Equal(200, (await api.GetObjectsAsync(HostileResponse.Query)).Status);
    }

    [Fact]
    public async Task Listing_Is_Complete_When_The_Connection_Breaks_Once()
    {
        await using HostileS3 s3 = new(
            HostileResponse.Raw([.. HostileResponse.Head("200 OK", Length(Listing.Length)), .. Listing.AsSpan(0, 500)]), HostileResponse.Ok(HostileResponse.Listing));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, retries: 2);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.Equal((200, 2), (response.Status, s3.Requests.Length));
    }

    [Fact]
    public async Task Response_Is_503_When_The_Connection_Is_Refused()
    {
        // Bound, so that no other program gets the port, but not listening.
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using ComposedApi api = new(new($"http://{taken.LocalEndPoint}/"), HostileResponse.Bucket);

        var response = await api.GetObjectsAsync();
        var health = await api.GetHealthAsync();

        Assert.Equal((503, "UpstreamUnavailable"), (response.Status, response.Code));
        Assert.Equal((503, "Unreachable"), (health.Status, health.Json.GetProperty("cause").GetString()));
    }

    [Fact]
    public async Task Response_Is_504_When_Nothing_Arrives_Before_The_Deadline()
    {
        FakeTimeProvider time = new();
        await using HostileS3 s3 = new((_, end) => HangAsync(time, end));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, time: time);

        var response = await api.GetObjectsAsync();

        Assert.Equal((504, "DeadlineExceeded"), (response.Status, response.Code));
        Assert.Single(s3.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Response_Is_504_When_The_Body_Trickles_Past_The_Deadline(bool moves)
    {
        FakeTimeProvider time = new();
        await using HostileS3 s3 = new(async (stream, end) =>
        {
            await stream.WriteAsync(HostileResponse.Head("200 OK", Length(Listing.Length)), end);
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
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, time: time);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.Equal((504, "DeadlineExceeded"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Page_Ends_Early_When_The_Next_Body_Trickles_Past_The_Deadline()
    {
        FakeTimeProvider time = new();
        await using HostileS3 s3 = new(
            HostileResponse.Ok(HostileResponse.Page(["a"], "one")),
            async (stream, end) =>
            {
                await stream.WriteAsync(HostileResponse.Head("200 OK", Length(Listing.Length)), end);
                await stream.WriteAsync(Listing.AsMemory(0, 500), end);
                await HangAsync(time, end);
            });
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, time: time);

        var response = await api.GetObjectsAsync("max-keys=1001");

        Assert.Equal(200, response.Status);
        Assert.Equal(1, response.Json.GetProperty("keyCount").GetInt32());
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Theory]
    [InlineData("<Contents>")]
    [InlineData("<ListBucketResult><Name>")]
    [InlineData("<!-- -->")]
    public async Task Response_Is_503_When_The_Body_Has_No_End(string repeated)
    {
        // A page of S3 has a few megabytes at most. This body never ends.
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(repeated, 10_000)));
        var written = 0L;
        await using HostileS3 s3 = new(async (stream, end) =>
        {
            await stream.WriteAsync(HostileResponse.Head("200 OK"), end);
            await stream.WriteAsync(Listing.AsMemory(0, Listing.Length - "</ListBucketResult>".Length), end);
            while (true)
            {
                await stream.WriteAsync(block, end);
                written += block.Length;
            }
        });
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.Equal((503, "UpstreamUnavailable"), (response.Status, response.Code));
        Assert.InRange(written, 1, 48 << 20);
    }

    /// <summary>The remaining time of the whole invocation.</summary>
    private static TimeSpan PastTheDeadline => new FunctionContext().RemainingTime;

    /// <summary>Moves the clock past the deadline, and sends nothing more.</summary>
    private static Task HangAsync(FakeTimeProvider time, CancellationToken end)
    {
        time.Advance(PastTheDeadline);
        return Task.Delay(Timeout.InfiniteTimeSpan, end);
    }

    private static string Length(int length) => $"Content-Length: {length.ToString(CultureInfo.InvariantCulture)}";

    private static byte[] Chunk(byte[] bytes) => [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];
}
