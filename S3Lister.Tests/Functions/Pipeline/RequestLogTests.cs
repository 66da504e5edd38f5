using Amazon.S3;

namespace S3Lister.Tests.Functions.Pipeline;

public sealed class RequestLogTests
{
    private const string Secret = "customer-4711";
    private readonly S3Double _s3 = new();
    private readonly FunctionContext _context = new();

    [Fact]
    public async Task Request_Has_One_Line_With_What_An_Operator_Needs()
    {
        _s3.Responds(["a", "b"]);

        await _s3.GetObjectsAsync("", _context);

        var line = Assert.Single(_context.Log.Lines);
        Assert.Equal("Information", line.Level);
        Assert.Contains("GET /objects", line.Arguments);
        Assert.Contains(200, line.Arguments);
        Assert.Contains(2L, line.Arguments);
        Assert.Contains(GatewayEvent.RequestId, line.Arguments);
        Assert.Contains(GatewayEvent.UserArn, line.Arguments);
    }

    [Theory]
    [InlineData("client_id", "a\nINFO forged", "client_id:a\\u000aINFO forged")]
    [InlineData("sub", "a\r\n\t\0\u001b[31m", "sub:a\\u000d\\u000a\\u0009\\u0000\\u001b[31m")]
    [InlineData("sub", "\u007f\u0085\u2028\u2029", "sub:\\u007f\\u0085\\u2028\\u2029")]
    [InlineData("sub", "\u202eevil\u2066", "sub:\\u202eevil\\u2066")]
    [InlineData("sub", "Jörg Müller 😀 {route}", "sub:Jörg Müller 😀 {route}")]
    public async Task Claim_Is_Written_On_One_Line(string claim, string value, string principal)
    {
        var request = GatewayEvent.Get("/objects", userArn: "");
        request.RequestContext.Authorizer = new() { Jwt = new() { Claims = new Dictionary<string, string> { [claim] = value } } };

        await _s3.Functions.ListObjects(request, _context);

        Assert.Equal(principal, Assert.Single(_context.Log.Lines).Arguments[11]);
    }

    [Fact]
    public async Task Route_Request_Id_And_What_S3_Says_Are_Written_On_One_Line()
    {
        _s3.Throws(new AmazonS3Exception("no", Amazon.Runtime.ErrorType.Sender, "A\nB", "1\n2", System.Net.HttpStatusCode.BadRequest));
        var request = GatewayEvent.Get("/objects");
        (request.RouteKey, request.RequestContext.RequestId) = ("GET /objects\nforged", "id\rforged");

        await _s3.Functions.ListObjects(request, _context);

        var texts = _context.Log.Lines.SelectMany(line => line.Arguments).OfType<string>().ToList();
        Assert.DoesNotContain(texts, text => text.Any(char.IsControl));
        Assert.Contains("GET /objects\\u000aforged", texts);
        Assert.Contains("id\\u000dforged", texts);
        Assert.Contains(texts, text => text.Contains("A\\u000aB, request 1\\u000a2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_Key_Prefix_Or_Message_Of_S3_Is_Logged_Above_Debug()
    {
        _s3.Responds([$"{Secret}/a"]).Throws(new AmazonS3Exception($"Access denied to {Secret}"));

        await _s3.GetObjectsAsync($"prefix={Secret}&delimiter={Secret}", _context);
        await _s3.GetObjectsAsync($"prefix={Secret}", _context);
        await _s3.GetObjectsAsync($"{Secret}=1", _context);

        Assert.Equal(3, _context.Log.Lines.Count(line => line.Level != "Debug"));
        Assert.DoesNotContain(_context.Log.Lines.Where(line => line.Level != "Debug"), line =>
            line.Exception is not null || line.Message.Contains(Secret, StringComparison.Ordinal)
            || line.Arguments.Any(argument => argument?.ToString()?.Contains(Secret, StringComparison.Ordinal) is true));
        Assert.Contains(_context.Log.Lines, line => line.Level == "Debug" && line.Exception is not null);
    }
}
