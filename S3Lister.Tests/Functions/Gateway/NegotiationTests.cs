using S3Lister.Functions.Gateway;
using S3Lister.Functions.Objects;

namespace S3Lister.Tests.Functions.Gateway;

public sealed class NegotiationTests
{
    private const string Csv = "text/csv; charset=utf-8; header=present";

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("APPLICATION/JSON", "application/json")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/csv", Csv)]
    [InlineData("text/*", Csv)]
    [InlineData("text/html, text/csv;q=0.1", Csv)]
    [InlineData("application/json;q=0.5, application/x-ndjson;q=0.6", "application/x-ndjson")]
    [InlineData("application/json;q=0, */*", "application/x-ndjson")]
    [InlineData("*/*;q=0.9, text/csv;q=0.1", "application/json")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    [InlineData("nonsense, text/csv", Csv)]
    [InlineData("text/csv;charset=\"utf-8,x\"", Csv)]
    [InlineData("text/csv;charset=\"a\\\",b;q=0\"", Csv)]
    [InlineData("text/csv ; header=absent ; Q=0.5 , text/html", Csv)]
    [InlineData("text/html;x=\"text/csv,application/json\", application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/csv\t;\tq=0.5,application/x-ndjson;q=0.6", "application/x-ndjson")]
    [InlineData(",,,", "application/json")]
    [InlineData(" , ,\t", "application/json")]
    [InlineData(",text/csv,,", Csv)]
    [InlineData("application/json;q=1.5, text/csv;q=0.1", Csv)]
    [InlineData("application/json;q=, application/x-ndjson;q=-1, text/csv;q=0.001", Csv)]
    [InlineData("application/json;q=NaN, application/x-ndjson;q=1e0, text/csv", Csv)]
    [InlineData("application/json;q=0.5;q=1, text/csv;q=0.6", Csv)]
    [InlineData("application/json;q=0.1, text/csv;q=0.5, application/json;q=0.9", "application/json")]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "application/json")]
    public void Format_Is_The_One_That_The_Caller_Prefers(string? accept, string contentType)
    {
        using var body = ListingBody.Create(accept);
        Assert.Equal(contentType, body.ContentType);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml, image/*")]
    [InlineData("*/*;q=0")]
    [InlineData("nonsense")]
    [InlineData("text/csv;q=0.0")]
    [InlineData("text/csv;q=2")]
    [InlineData("text/html;x=\", text/csv")]
    [InlineData("*")]
    public async Task Response_Is_406_When_No_Format_Is_Acceptable(string accept)
    {
        S3Double s3 = new();

        var response = await s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept", accept)));

        Assert.Equal(406, response.Status);
        Assert.Equal("application/problem+json", response.Headers["content-type"]);
        Assert.Equal("NotAcceptable", response.Code);
        Assert.Empty(s3.Requests);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("identity", 0)]
    [InlineData("deflate, zstd", 0)]
    [InlineData("gzip", 1)]
    [InlineData("gzip, deflate, br", 2)]
    [InlineData("br;q=0, gzip", 1)]
    [InlineData("br;q=0.5, gzip", 1)]
    [InlineData("*", 2)]
    [InlineData("br;q=0, *", 1)]
    [InlineData("GZIP", 1)]
    [InlineData("x-gzip", 1)]
    [InlineData("gzip ; q=0.5 ,, br;q=0.4", 1)]
    [InlineData("br;q=0.3, gzip;q=0.3", 2)]
    [InlineData("gzip;q=0.5, identity", 0)]
    [InlineData("gzip;q=0.5, *", 2)]
    [InlineData("br;q=0.2, gzip;q=0.2, *;q=0.5", 0)]
    [InlineData("gzip;q=2", 0)]
    [InlineData("identity;q=x", 0)]
    [InlineData("identity;q=0.5, br;q=0", 0)]
    public void Coding_Is_The_One_That_The_Caller_Prefers(string? acceptEncoding, int coding) =>
        Assert.Equal(new AcceptedCoding((ContentCoding)coding, IsRequired: false), Negotiation.Coding(acceptEncoding));

    [Theory]
    [InlineData("gzip, identity;q=0", "gzip")]
    [InlineData("gzip, *;q=0", "gzip")]
    [InlineData("x-gzip;q=0.001, *;q=0.000", "gzip")]
    [InlineData("*, identity;q=0", "br")]
    public async Task Short_Body_Is_Compressed_When_The_Caller_Does_Not_Accept_Identity(string acceptEncoding, string coding)
    {
        S3Double s3 = new();
        s3.Responds(["a"]).Responds(["a"]);

        var plain = await s3.GetObjectsAsync();
        var coded = await s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept-encoding", acceptEncoding)));
        var problem = await s3.GetObjectsAsync(GatewayEvent.Get("/objects", "max-keys=0", headers: ("accept-encoding", acceptEncoding)));

        Assert.Equal((200, coding, plain.Body), (coded.Status, coded.Headers["content-encoding"], coded.Body));
        Assert.Equal((400, coding, "InvalidParameter"), (problem.Status, problem.Headers["content-encoding"], problem.Code));
    }

    [Fact]
    public async Task Unchanged_Page_Has_No_Coding()
    {
        S3Double s3 = new();
        s3.Responds(["a"]);

        var response = await s3.GetObjectsAsync(
            GatewayEvent.Get("/objects", headers: [("accept-encoding", "gzip, identity;q=0"), ("if-none-match", "*")]));

        Assert.Equal((304, "", false), (response.Status, response.Body, response.Headers.ContainsKey("content-encoding")));
    }

    [Theory]
    [InlineData("identity;q=0")]
    [InlineData("*;q=0")]
    [InlineData("deflate, *;q=0.0")]
    [InlineData("br;q=0, gzip;q=0, identity;q=0")]
    public async Task Response_Is_406_When_Neither_Identity_Nor_A_Coding_Is_Accepted(string acceptEncoding)
    {
        S3Double s3 = new();

        var response = await s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept-encoding", acceptEncoding)));

        Assert.Equal((406, "NotAcceptable"), (response.Status, response.Code));
        Assert.Equal("Accept-Encoding must allow one of br, gzip and identity.", response.Json.GetProperty("detail").GetString());
        Assert.False(response.Headers.ContainsKey("content-encoding"));
        Assert.Empty(s3.Requests);
    }
}
