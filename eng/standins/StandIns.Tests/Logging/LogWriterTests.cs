using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Time.Testing;

namespace StandIns.Tests.Logging;

public sealed class LogWriterTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 18, 19, 29, 5, TimeSpan.Zero));

    [Theory]
    [InlineData("Trace", "trce")]
    [InlineData("Debug", "dbug")]
    [InlineData("Information", "info")]
    [InlineData("Warning", "warn")]
    [InlineData("Error", "fail")]
    [InlineData("Critical", "crit")]
    [InlineData("Other", "trce")]
    [InlineData(null, "trce")]
    public void Text_Line_Has_Time_Request_And_Level(string? level, string label)
    {
        var log = Writer(LogFormat.Text, LogLevel.Trace);
        log.Invocation = new Invocation("the-id", new MemoryStream());

        log.WriteLine(level, null, "text", []);

        Assert.Equal($"2026-11-23T18:19:29.005Z\tthe-id\t{label}\ttext\n", _output.ToString());
    }

    [Fact]
    public void Line_Is_The_Message_Alone_When_Unformatted()
    {
        Writer(LogFormat.Unformatted).WriteLine("Error", null, "{0} of {1}", [1, 2]);

        Assert.Equal("1 of 2\n", _output.ToString());
    }

    [Theory]
    [InlineData("Trace", false)]
    [InlineData("Debug", false)]
    [InlineData("Information", false)]
    [InlineData("warning", true)]
    [InlineData("Critical", true)]
    [InlineData("Other", true)]
    public void Line_Is_Left_Out_When_Its_Level_Is_Below_The_Lowest(string level, bool written)
    {
        Writer(LogFormat.Unformatted, LogLevel.Warning).WriteLine(level, null, "text", []);

        Assert.Equal(written, _output.ToString().Length > 0);
    }

    [Fact]
    public void Exception_Comes_After_The_Message()
    {
        Writer(LogFormat.Unformatted).WriteLine("Error", new InvalidOperationException("why"), "what {Happened}", ["broke"]);

        Assert.Equal("what broke\nSystem.InvalidOperationException: why\n", _output.ToString());
    }

    [Fact]
    public void Json_Line_Has_The_Values_Of_The_Message_By_Name()
    {
        var log = Writer(LogFormat.Json);
        log.Invocation = new Invocation("the-id", new MemoryStream()) { TraceId = "Root=1", TenantId = "t" };

        log.WriteLine(
            "Warning",
            null,
            "{Text} {Whole} {Real} {Truth} {When} {Bytes} {List} {Map} {Size:0.0} {@Thing} {Nothing} {Missing}",
            ["a\"b", 3, 1.5, true, _time.GetUtcNow(), new byte[] { 1, 255 }, new List<int> { 1, 2 }, new Dictionary<string, int> { ["k"] = 4 }, 2.26, 7, null]);

        using var json = JsonDocument.Parse(_output.ToString());
        Assert.Equal(
            """{"timestamp":"2026-11-23T18:19:29.005Z","level":"Warning","requestId":"the-id","tenantId":"t","traceId":"Root=1","message":"a\u0022b 3 1.5 True 2026-11-23T18:19:29.005Z 01FF {List} {Map} 2.3 7 {Nothing} {Missing}","Text":"a\u0022b","Whole":3,"Real":1.5,"Truth":true,"When":"2026-11-23T18:19:29.005Z","Bytes":"01FF","List":[1,2],"Map":{"k":4},"Size":"2.3","Thing":"7"}""" + "\n",
            _output.ToString());
    }

    [Fact]
    public void Json_Line_Has_The_Exception_In_Fields()
    {
        Writer(LogFormat.Json).WriteLine("Error", new InvalidOperationException("why"), null, []);

        using var json = JsonDocument.Parse(_output.ToString());
        Assert.Equal("System.InvalidOperationException", json.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("why", json.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal("System.InvalidOperationException: why", json.RootElement.GetProperty("stackTrace")[0].GetString());
        Assert.Equal(string.Empty, json.RootElement.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(null, null, nameof(LogFormat.Text), LogLevel.Information)]
    [InlineData("JSON", "DEBUG", nameof(LogFormat.Json), LogLevel.Debug)]
    [InlineData("Text", "warn", nameof(LogFormat.Text), LogLevel.Warning)]
    [InlineData("json", "FATAL", nameof(LogFormat.Json), LogLevel.Critical)]
    [InlineData("unformatted", "INFO", nameof(LogFormat.Unformatted), LogLevel.Information)]
    [InlineData("?", "?", nameof(LogFormat.Text), LogLevel.Information)]
    public void Settings_Come_From_The_Environment(string? format, string? level, string expectedFormat, LogLevel expectedLevel)
    {
        var settings = LogSettings.FromEnvironment(name => name switch
        {
            "AWS_LAMBDA_LOG_FORMAT" => format,
            "AWS_LAMBDA_LOG_LEVEL" => level,
            _ => null,
        });

        Assert.Equal((expectedFormat, expectedLevel), (settings.Format.ToString(), settings.MinimumLevel));
    }

    [Fact]
    public void Settings_Of_The_Handler_Win()
    {
        var settings = LogSettings.FromEnvironment(name =>
            name.StartsWith("AWS_LAMBDA_HANDLER_", StringComparison.Ordinal) == name.EndsWith("LEVEL", StringComparison.Ordinal)
                ? name.EndsWith("LEVEL", StringComparison.Ordinal) ? "Trace" : "Json"
                : null);

        Assert.Equal(new LogSettings(LogFormat.Json, LogLevel.Trace), settings);
    }

    public void Dispose() => _output.Dispose();

    private LogWriter Writer(LogFormat format, LogLevel minimum = LogLevel.Information) =>
        new(_output, new LogSettings(format, minimum), _time);
}
