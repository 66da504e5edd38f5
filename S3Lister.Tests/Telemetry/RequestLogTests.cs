using Amazon.S3;
using S3Lister.Tests.Support;

namespace S3Lister.Tests.Telemetry;

public sealed class RequestLogTests
{
    private const string Secret = "customer-4711";
    private readonly S3Double _s3 = new();
    private readonly FunctionContext _context = new();

    [Fact]
    public async Task Request_Has_One_Line_With_What_An_Operator_Asks_For()
    {
        _s3.Answers(["a", "b"]);

        await _s3.GetObjectsAsync("", _context);

        var line = Assert.Single(_context.Log.Lines);
        Assert.Equal("Information", line.Level);
        Assert.Contains("GET /objects", line.Arguments);
        Assert.Contains(200, line.Arguments);
        Assert.Contains(2L, line.Arguments);
        Assert.Contains(GatewayEvent.RequestId, line.Arguments);
        Assert.Contains(GatewayEvent.UserArn, line.Arguments);
    }

    [Fact]
    public async Task No_Key_Prefix_Or_Message_Of_S3s_Is_Logged_Above_Debug()
    {
        _s3.Answers([$"{Secret}/a"]).Throws(new AmazonS3Exception($"Access denied to {Secret}"));

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
