using S3Lister.Functions.Formats;
using S3Lister.Functions.Http;
using S3Lister.Tests.Support;

namespace S3Lister.Tests.Formats;

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
    public void Format_Is_The_One_That_The_Caller_Likes_Best(string? accept, string contentType)
    {
        using var body = Negotiation.Format(accept);
        Assert.Equal(contentType, body.ContentType);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml, image/*")]
    [InlineData("*/*;q=0")]
    [InlineData("nonsense")]
    public async Task Answer_Is_406_When_No_Format_Fits(string accept)
    {
        S3Double s3 = new();

        var answer = await s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept", accept)));

        Assert.Equal(406, answer.Status);
        Assert.Equal("application/problem+json", answer.Headers["content-type"]);
        Assert.Equal("NotAcceptable", answer.Json.GetProperty("code").GetString());
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
    [InlineData("*;q=0", 0)]
    [InlineData("br;q=0, *", 1)]
    public void Coding_Is_The_One_That_The_Caller_Likes_Best(string? acceptEncoding, int coding) =>
        Assert.Equal((ContentCoding)coding, Negotiation.Coding(acceptEncoding));
}
