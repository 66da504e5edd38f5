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

    [Theory]
    [InlineData("end-before=logs%2F2026%2F01.gz&delimiter=%2F&prefix=logs%2F")]
    [InlineData("end-before=logs%2F2026&delimiter=%2F")]
    [InlineData("end-before=a%2F%2F&delimiter=%2F&prefix=a")]
    [InlineData("end-before=%C3%A9%F0%9F%98%80a&delimiter=%F0%9F%98%80")]
    public void End_Is_Refused_When_It_Is_Inside_A_Common_Prefix(string query)
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => Bind(query));

        Assert.Equal(("end-before", false), (refusal.Parameter, refusal.IsContinuationToken));
        Assert.Equal(
            "end-before must not be inside a common prefix, which would be in two ranges: nothing may follow the first delimiter after the prefix.",
            refusal.Message);
    }

    [Theory]
    [InlineData("end-before=logs%2F&delimiter=%2F", "logs/")]
    [InlineData("end-before=logs%2F2026%2F&delimiter=%2F&prefix=logs%2F", "logs/2026/")]
    [InlineData("end-before=logs0&delimiter=%2F", "logs0")]
    [InlineData("end-before=a%2Fb%2Fc&delimiter=%2F&prefix=b%2F", "a/b/c")]
    [InlineData("end-before=a%2Fb%2Fc&delimiter=%2F&prefix=a%2Fb%2F", "a/b/c")]
    [InlineData("end-before=logs%2F2026%2F01.gz&prefix=logs%2F", "logs/2026/01.gz")]
    public void End_Is_Accepted_When_It_Cuts_No_Common_Prefix(string query, string endBefore) =>
        Assert.Equal(endBefore, Bind(query).EndBefore);

    /// <summary>U+FFFD comes before U+10000 in UTF-8, and after it in UTF-16.</summary>
    [Theory]
    [InlineData("end-before=b&start-after=b", true)]
    [InlineData("end-before=b&start-after=c", true)]
    [InlineData("end-before=b&start-after=a", false)]
    [InlineData("end-before=b&prefix=b", true)]
    [InlineData("end-before=b&prefix=ba", true)]
    [InlineData("end-before=ba&prefix=b", false)]
    [InlineData("end-before=%EF%BF%BD&start-after=%F0%90%80%80", true)]
    [InlineData("end-before=%F0%90%80%80&start-after=%EF%BF%BD", false)]
    [InlineData("end-before=&start-after=b", false)]
    public void Query_Excludes_Every_Key_When_Its_End_Is_At_Or_Before_Its_Start(string query, bool isEmpty) =>
        Assert.Equal(isEmpty, Bind(query).ExcludesEveryKey);

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
            {"type":"urn:s3lister:problem:InvalidParameter","title":"Invalid parameter","status":400,"detail":"The request has an unknown query parameter. This route supports prefix, delimiter, start-after, end-before, max-keys, continuation-token, include, exclude, min-size, max-size, modified-after, modified-before, storage-class.","instance":"urn:s3lister:request:JKJaXmPLvHcESHA=","code":"InvalidParameter","requestId":"JKJaXmPLvHcESHA="}
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
