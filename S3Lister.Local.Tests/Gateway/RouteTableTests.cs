using S3Lister.Local.Gateway;

namespace S3Lister.Local.Tests.Gateway;

public sealed class RouteTableTests
{
    private readonly RouteTable _table = new(
    [
        new Route("ANY", "/{proxy+}", "F", true),
        new Route("GET", "/pets/{id}", "F", true),
        new Route("ANY", "/pets/dog", "F", true),
        new Route("GET", "/pets/dog", "F", true),
        new Route("GET", "/pets/dog/1", "F", true),
        new Route("GET", "/pets/dog/{id}", "F", true),
        new Route("GET", "/pets/{proxy+}", "F", true),
    ]);

    [Theory]
    [InlineData("GET", "/pets/dog", "GET /pets/dog", "")]
    [InlineData("POST", "/pets/dog", "ANY /pets/dog", "")]
    [InlineData("GET", "/pets/cat", "GET /pets/{id}", "id=cat")]
    [InlineData("GET", "/pets/dog/1", "GET /pets/dog/1", "")]
    [InlineData("GET", "/pets/dog/2", "GET /pets/dog/{id}", "id=2")]
    [InlineData("GET", "/pets/cat/1", "GET /pets/{proxy+}", "proxy=cat/1")]
    [InlineData("POST", "/pets/cat/1", "ANY /{proxy+}", "proxy=pets/cat/1")]
    [InlineData("GET", "/Pets/dog", "ANY /{proxy+}", "proxy=Pets/dog")]
    [InlineData("GET", "/pets/dog/", "GET /pets/{proxy+}", "proxy=dog/")]
    public void Most_Specific_Route_Is_Chosen(string method, string path, string key, string parameters)
    {
        var match = _table.Find(method, path)!;

        Assert.Equal(key, match.Route.Key);
        Assert.Equal(parameters, string.Join('&', match.PathParameters.Select(p => $"{p.Key}={p.Value}")));
    }

    [Fact]
    public void Default_Route_Matches_When_No_Other_Route_Does()
    {
        var table = new RouteTable([new Route("ANY", "$default", "F", true), new Route("GET", "/a", "F", true)]);

        Assert.Equal("GET /a", table.Find("GET", "/a")!.Route.Key);
        Assert.Equal("$default", table.Find("POST", "/a")!.Route.Key);
        Assert.Equal("$default", table.Find("GET", "/")!.Route.Key);
    }

    [Theory]
    [InlineData("GET", "/b")]
    [InlineData("POST", "/a")]
    [InlineData("GET", "/a/")]
    [InlineData("GET", "/")]
    public void No_Route_Is_Found_When_None_Matches(string method, string path) =>
        Assert.Null(new RouteTable([new Route("GET", "/a", "F", true)]).Find(method, path));
}
