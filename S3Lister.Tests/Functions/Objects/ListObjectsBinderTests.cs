using S3Lister.Functions.Objects;
using S3Lister.Functions.Query;

namespace S3Lister.Tests.Functions.Objects;

public sealed class ListObjectsBinderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("&&")]
    [InlineData("prefix&delimiter=&start-after")]
    public void Query_Has_S3s_Defaults_When_There_Are_No_Parameters(string? query) =>
        Assert.Equal(new("", null, null, 1000, null), Bind(query));

    [Fact]
    public void Query_Has_The_Values_Of_Its_Parameters() =>
        Assert.Equal(
            new("a b/", "/", "a b/ü😀,+", 7, null),
            Bind("delimiter=%2F&max-keys=7&prefix=a%20b%2F&start-after=a+b%2F%C3%BC%F0%9F%98%80,%2B"));

    [Fact]
    public void Prefix_May_Contain_Control_Characters_And_Equals_Signs() =>
        Assert.Equal("\u0001\n=a=b", Bind("prefix=%01%0A=a=b").Prefix);

    [Fact]
    public void Prefix_May_Be_As_Long_As_A_Key() =>
        Assert.Equal(new string('é', 512), Bind($"prefix={string.Concat(Enumerable.Repeat("%C3%A9", 512))}").Prefix);

    [Theory]
    [InlineData("max-keys=0", "max-keys")]
    [InlineData("max-keys=10001", "max-keys")]
    [InlineData("max-keys=-1", "max-keys")]
    [InlineData("max-keys=", "max-keys")]
    [InlineData("max-keys", "max-keys")]
    [InlineData("max-keys=1e3", "max-keys")]
    [InlineData("max-keys=%2B5", "max-keys")]
    [InlineData("max-keys=%2010", "max-keys")]
    [InlineData("max-keys=99999999999999999999", "max-keys")]
    [InlineData("max-keys=5&max-keys=5", "max-keys")]
    [InlineData("prefix=a&prefix=b", "prefix")]
    [InlineData("prefix=&prefix=", "prefix")]
    [InlineData("prefix=%", "prefix")]
    [InlineData("prefix=%4", "prefix")]
    [InlineData("prefix=%zz", "prefix")]
    [InlineData("prefix=%FF", "prefix")]
    [InlineData("delimiter=%C3", "delimiter")]
    [InlineData("start-after=a&continuation-token=b", "start-after")]
    [InlineData("Prefix=a", null)]
    [InlineData("prefix%00=a", null)]
    [InlineData("%FF=a", null)]
    [InlineData("=a", null)]
    [InlineData("list-type=2", null)]
    public void Query_Is_Refused_With_The_Name_Of_The_Parameter(string query, string? parameter)
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => Bind(query));

        Assert.Equal(parameter, refusal.Parameter);
        Assert.False(refusal.IsContinuationToken);
        Assert.Matches(parameter is null ? "This route supports prefix, delimiter, .+[.]$" : $"^{parameter} .+[.]$", refusal.Message);
    }

    [Fact]
    public void Text_Is_Refused_When_It_Is_Longer_Than_A_Key()
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => Bind($"delimiter={new string('a', 1025)}"));

        Assert.Equal("delimiter", refusal.Parameter);
        Assert.Contains("1024 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problem_Lists_The_Known_Parameters_And_Echoes_Nothing()
    {
        S3Double s3 = new();

        var response = await s3.GetObjectsAsync("%22%3Cscript%3E=1");

        Assert.Equal(400, response.Status);
        Assert.Equal("application/problem+json", response.Headers["content-type"]);
        Assert.Equal(
            """
            {"type":"urn:s3lister:problem:InvalidParameter","title":"Invalid parameter","status":400,"detail":"The request has an unknown query parameter. This route supports prefix, delimiter, start-after, max-keys, continuation-token, include, exclude, min-size, max-size, modified-after, modified-before, storage-class.","instance":"urn:s3lister:request:JKJaXmPLvHcESHA=","code":"InvalidParameter","requestId":"JKJaXmPLvHcESHA="}
            """,
            response.Body);
        Assert.Empty(s3.Requests);
    }

    [Fact]
    public async Task Problem_Names_The_Parameter()
    {
        var response = await new S3Double().GetObjectsAsync("max-keys=many");

        Assert.Equal("max-keys", response.Json.GetProperty("parameter").GetString());
        Assert.Equal("max-keys must be a whole number from 1 to 10000.", response.Json.GetProperty("detail").GetString());
    }

    private static ListObjectsQuery Bind(string? query) =>
        ListObjectsBinder.Bind(QueryString.Parse(query, ListObjectsBinder.Parameters));
}
