using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class ErrorTests
{
    private const string Scope = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-west-1/s3/aws4_request, "
        + "SignedHeaders=host, Signature=00";

    [Theory]
    [InlineData("GET", "/test-bucket?list-type=2&max-keys=-1", 400, "InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647")]
    [InlineData("GET", "/test-bucket?list-type=2&max-keys=ten", 400, "InvalidArgument", "Provided max-keys not an integer or within integer range")]
    [InlineData("GET", "/test-bucket?list-type=2&max-keys=2147483648", 400, "InvalidArgument", "Provided max-keys not an integer or within integer range")]
    [InlineData("GET", "/test-bucket?list-type=2&encoding-type=base64", 400, "InvalidArgument", "Invalid Encoding Method specified in Request")]
    [InlineData("GET", "/test-bucket?list-type=2&continuation-token=", 400, "InvalidArgument", "The continuation token provided is incorrect")]
    [InlineData("GET", "/test-bucket?list-type=2&continuation-token=bm8gdG9rZW4gb2Ygb3VycyBidXQgbG9uZyBlbm91Z2g=", 400, "InvalidArgument", "The continuation token provided is incorrect")]
    [InlineData("GET", "/test-bucket?list-type=2&continuation-token=*", 400, "InvalidArgument", "The continuation token provided is incorrect")]
    [InlineData("GET", "/test-bucket?list-type=2&prefix=%FF", 400, "InvalidURI", "Couldn't parse the specified URI.")]
    [InlineData("GET", "/test-bucket?list-type=2&prefix=%4", 400, "InvalidURI", "Couldn't parse the specified URI.")]
    [InlineData("GET", "/other-bucket?list-type=2", 404, "NoSuchBucket", "The specified bucket does not exist")]
    [InlineData("GET", "/Bad_Bucket?list-type=2", 400, "InvalidBucketName", "The specified bucket is not valid.")]
    [InlineData("GET", "/test-bucket", 501, "NotImplemented", "The embedded S3 does not implement ListObjects; use ListObjectsV2.")]
    [InlineData("GET", "/test-bucket?acl", 501, "NotImplemented", "The embedded S3 does not implement the sub-resource acl.")]
    [InlineData("GET", "/test-bucket/key", 501, "NotImplemented", "The embedded S3 does not implement GetObject: contents are not kept.")]
    [InlineData("PATCH", "/test-bucket/key", 405, "MethodNotAllowed", "The specified method is not allowed against this resource.")]
    [InlineData("PUT", "/", 405, "MethodNotAllowed", "The specified method is not allowed against this resource.")]
    [InlineData("PUT", "/new-bucket", 403, "AccessDenied", "Access Denied")]
    [InlineData("PUT", "/test-bucket/new", 403, "AccessDenied", "Access Denied")]
    [InlineData("DELETE", "/test-bucket/a", 403, "AccessDenied", "Access Denied")]
    [InlineData("POST", "/test-bucket/a?uploads", 403, "AccessDenied", "Access Denied")]
    public async Task Error_Has_The_Status_Code_And_Message_Of_S3(
        string method, string target, int status, string code, string message)
    {
        await using var bucket = await TestBucket.StartAsync("a");

        var response = await bucket.Client.SendAsync(
            new HttpMethod(method), target, method == "PUT" ? [] : null);

        Assert.Equal(status, (int)response.Status);
        Assert.Equal("application/xml", response.Headers["Content-Type"]);
        Assert.Equal("Error", response.Xml().Name.LocalName);
        Assert.Equal(code, response["Code"]);
        Assert.Equal(message, response["Message"]);
        Assert.Equal(target.Split('?')[0], response["Resource"]);
        Assert.Equal(response.Headers["x-amz-request-id"], response["RequestId"]);
    }

    [Fact]
    public async Task Token_Of_Another_Bucket_Is_Refused()
    {
        await using var bucket = await TestBucket.StartAsync(TestBucket.Store(["a", "b"]), options => options with
        {
            Buckets = new Dictionary<string, IObjectStore>
            {
                [TestBucket.Name] = TestBucket.Store(["a", "b"]),
                ["other-bucket"] = TestBucket.Store(["a", "b"]),
            },
        });
        var token = (await bucket.ListAsync(new(MaxKeys: "1"))).NextContinuationToken!;

        var response = await bucket.Client.GetAsync(
            $"/other-bucket?list-type=2&continuation-token={Uri.EscapeDataString(token)}");

        Assert.Equal("InvalidArgument", response["Code"]);
        Assert.Equal("continuation-token", response["ArgumentName"]);
    }

    [Theory]
    [InlineData(1024, HttpStatusCode.NotFound)]
    [InlineData(1025, HttpStatusCode.BadRequest)]
    public async Task Key_Has_At_Most_1024_Bytes(int bytes, HttpStatusCode status)
    {
        await using var bucket = await TestBucket.StartAsync();
        var key = string.Concat(Enumerable.Repeat("%C3%A9", bytes / 2)) + new string('k', bytes % 2);

        var response = await bucket.Client.SendAsync(HttpMethod.Head, $"/{TestBucket.Name}/{key}");

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task Request_For_Another_Region_Is_Redirected_Whichever_Way_It_Is_Signed()
    {
        await using var bucket = await TestBucket.StartAsync("a");

        var header = await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2", ("Authorization", Scope));
        var query = await bucket.Client.GetAsync(
            $"/{TestBucket.Name}?list-type=2&X-Amz-Credential=AKIDEXAMPLE%2F20261123%2Feu-west-1%2Fs3%2Faws4_request");
        var head = await bucket.Client.SendAsync(
            HttpMethod.Head, $"/{TestBucket.Name}", headers: ("Authorization", Scope));
        var own = await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2",
            ("Authorization", Scope.Replace("eu-west-1", "us-east-1", StringComparison.Ordinal)));

        Assert.All([header, query, head], response => Assert.Equal(HttpStatusCode.MovedPermanently, response.Status));
        Assert.All([header, query, head, own], response => Assert.Equal("us-east-1", response.Headers["x-amz-bucket-region"]));
        Assert.Equal("PermanentRedirect", header["Code"]);
        Assert.Equal("test-bucket.s3.us-east-1.amazonaws.com", header["Endpoint"]);
        Assert.Equal(HttpStatusCode.OK, own.Status);
    }

    [Theory]
    [InlineData("", "/test-bucket/a")]
    [InlineData("body", "/test-bucket/a")]
    public async Task Connection_Closes_When_The_Client_Expects_100_Continue(string body, string target)
    {
        await using var bucket = await TestBucket.StartAsync();

        var response = await bucket.Client.SendAsync(HttpMethod.Put, target, body, ("Expect", "100-continue"));

        Assert.Contains("Connection", response.Headers);
    }

    [Fact]
    public async Task Head_Has_No_Body_When_It_Fails()
    {
        await using var bucket = await TestBucket.StartAsync("a");

        var missing = await bucket.Client.SendAsync(HttpMethod.Head, $"/{TestBucket.Name}/b");

        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Empty(missing.Body);
    }

    [Fact]
    public async Task Authentication_Comes_First_And_Its_Error_Is_The_Response()
    {
        await using var bucket = await TestBucket.StartAsync(TestBucket.Store(["a"]), options => options with
        {
            Authenticate = context => context.Request.Headers.Authorization.Count == 0 ? S3Error.AccessDenied : null,
        });

        var unsigned = await bucket.Client.GetAsync("/no-such-bucket?list-type=2");
        var signed = await bucket.Client.GetAsync("/no-such-bucket?list-type=2", ("Authorization", "any"));

        Assert.Equal("AccessDenied", unsigned["Code"]);
        Assert.Equal("NoSuchBucket", signed["Code"]);
    }

    [Fact]
    public async Task Throttled_Share_Gets_SlowDown_Evenly()
    {
        await using var bucket = await TestBucket.StartAsync("a");
        bucket.Server.Weather.ThrottledShare = 0.25;
        var statuses = new List<HttpStatusCode>();

        for (var request = 0; request < 8; request++)
        {
            statuses.Add((await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2")).Status);
        }

        Assert.Equal([3, 7], statuses.Index().Where(status => status.Item == HttpStatusCode.ServiceUnavailable).Select(status => status.Index));
        Assert.Equal(2, bucket.Server.Requests.Throttled);
        Assert.Equal(8, bucket.Server.Requests[S3Operation.ListObjectsV2]);
    }

    [Fact]
    public async Task Rate_Is_Counted_By_The_Second()
    {
        var time = new FakeTimeProvider();
        await using var bucket = await TestBucket.StartAsync(
            TestBucket.Store(["a"]), options => options with { TimeProvider = time });
        bucket.Server.Weather.RequestsPerSecond = 2;
        var codes = new StringBuilder();

        for (var request = 0; request < 8; request++)
        {
            var response = await bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2");
            codes.Append(response.Status == HttpStatusCode.OK ? '.' : '!');
            time.Advance(TimeSpan.FromSeconds(0.25));
        }

        Assert.Equal("..!!..!!", codes.ToString());
    }

    [Fact]
    public async Task Response_Is_Delayed_By_The_Latency()
    {
        var time = new FakeTimeProvider();
        await using var bucket = await TestBucket.StartAsync(
            TestBucket.Store(["a"]), options => options with { TimeProvider = time });
        bucket.Server.Weather.Latency = TimeSpan.FromMinutes(1);

        var response = bucket.Client.GetAsync($"/{TestBucket.Name}?list-type=2");
        while (bucket.Server.Requests.Total == 0)
        {
            await Task.Yield();
        }

        Assert.False(response.IsCompleted);
        while (!response.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.OK, (await response).Status);
    }

    [Fact]
    public async Task Start_Fails_When_The_Port_Is_Taken()
    {
        await using var first = await TestBucket.StartAsync("a");

        await Assert.ThrowsAnyAsync<IOException>(() => EmbeddedS3Server.StartAsync(
            new EmbeddedS3Options { Port = first.Server.Endpoint.Port }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("-hyphen")]
    [InlineData("two..dots")]
    [InlineData("192.168.5.4")]
    [InlineData("bucket--use1-az4--x-s3")]
    public async Task Start_Fails_When_The_Name_Of_A_Bucket_Is_Not_Valid(string name)
    {
        var options = new EmbeddedS3Options { Buckets = new Dictionary<string, IObjectStore> { [name] = TestBucket.Store([]) } };

        await Assert.ThrowsAsync<ArgumentException>(
            () => EmbeddedS3Server.StartAsync(options, TestContext.Current.CancellationToken));
    }
}
