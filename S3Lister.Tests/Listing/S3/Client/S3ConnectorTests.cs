using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Tests.Listing.S3.Client;

/// <summary>The connection that is open before the first request.</summary>
public sealed class S3ConnectorTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Fact]
    public async Task First_Request_Uses_The_Prepared_Connection()
    {
        await using var bucket = await TestBucket.StartAsync("a");
        S3Connector connector = new(_clock);

        connector.Prepare(bucket.Server.Endpoint);
        connector.WaitForPrepared();
        Assert.Equal(0, bucket.Server.Requests.Total);

        await GetAsync(connector, bucket.Server.Endpoint);
        Assert.Equal((0, 1), (connector.Opened, bucket.Server.Requests.Total));
    }

    [Fact]
    public async Task Without_Preparation_A_Request_Opens_Its_Connection()
    {
        await using var bucket = await TestBucket.StartAsync("a");
        S3Connector connector = new(_clock);

        await GetAsync(connector, bucket.Server.Endpoint);

        Assert.Equal(1, connector.Opened);
    }

    [Fact]
    public async Task Connection_That_Waited_Too_Long_Is_Replaced()
    {
        await using var bucket = await TestBucket.StartAsync("a");
        S3Connector connector = new(_clock);
        connector.Prepare(bucket.Server.Endpoint);
        connector.WaitForPrepared();

        _clock.Advance(TimeSpan.FromSeconds(4));
        await GetAsync(connector, bucket.Server.Endpoint);

        Assert.Equal(1, connector.Opened);
    }

    [Fact]
    public async Task Connection_To_Another_Server_Is_Not_Used()
    {
        await using var bucket = await TestBucket.StartAsync("a");
        await using var other = await TestBucket.StartAsync("b");
        S3Connector connector = new(_clock);
        connector.Prepare(other.Server.Endpoint);
        connector.WaitForPrepared();

        await GetAsync(connector, bucket.Server.Endpoint);

        Assert.Equal((1, 0), (connector.Opened, other.Server.Requests.Total));
    }

    [Fact]
    public async Task Connection_That_The_Server_Has_Closed_Is_Replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere, the state of a connection is not read.");
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        Uri address = new($"http://{server.LocalEndpoint}/");
        S3Connector connector = new(_clock);
        connector.Prepare(address);
        using (var closed = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            connector.WaitForPrepared();
        }

        var request = GetAsync(connector, address);
        using var accepted = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await accepted.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await request;

        Assert.Equal(1, connector.Opened);
    }

    [Fact]
    public async Task Server_That_Is_Not_There_Fails_The_Request_Only()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        Uri address = new($"http://{server.LocalEndpoint}/");
        server.Stop();
        S3Connector connector = new(_clock);

        connector.Prepare(address);
        connector.WaitForPrepared();

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(connector, address));
    }

    [Fact]
    public async Task Server_That_Does_Not_Complete_The_Handshake_Is_Given_Up()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        S3Connector connector = new(TimeProvider.System);

        connector.Prepare(new Uri($"https://{server.LocalEndpoint}/"));
        connector.WaitForPrepared();

        await using var bucket = await TestBucket.StartAsync("a");
        await GetAsync(connector, bucket.Server.Endpoint);
        Assert.Equal(1, connector.Opened);
    }

    [Fact]
    public async Task Request_Gets_The_Canned_Listing_While_There_Is_One()
    {
        await using var bucket = await TestBucket.StartAsync("a");
        S3Connector connector = new(_clock) { Canned = "canned"u8.ToArray() };

        Assert.Equal("canned", await GetAsync(connector, bucket.Server.Endpoint));
        Assert.Equal(0, bucket.Server.Requests.Total);

        connector.Canned = null;
        await GetAsync(connector, bucket.Server.Endpoint);
        Assert.Equal(1, bucket.Server.Requests.Total);
    }

    private static async Task<string> GetAsync(S3Connector connector, Uri address)
    {
        using var client = new ListingHttpClientFactory(connector).CreateHttpClient(ListingClient.CreateConfig());
        return await client.GetStringAsync(address, TestContext.Current.CancellationToken);
    }
}
