using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Time.Testing;

namespace StandIns.Tests.Runtime;

public sealed class LogWriterTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Theory]
    [InlineData("Trace", "trce")]
    [InlineData("Debug", "dbug")]
    [InlineData("Information", "info")]
    [InlineData("Warning", "warn")]
    [InlineData("Error", "fail")]
    [InlineData("Critical", "crit")]
    [InlineData("Other", "trce")]
    public void Text_Line_Has_Time_Request_And_Level(string level, string label)
    {
        Writer(null, "Trace").Log(level, "text");

        Assert.Equal($"2026-11-23T18:19:29.005Z\tthe-id\t{label}\ttext\n", _output.ToString());
    }

    [Theory]
    [InlineData(null, LogLevel.Debug, false)]
    [InlineData(null, LogLevel.Information, true)]
    [InlineData("DEBUG", LogLevel.Debug, true)]
    [InlineData("warn", LogLevel.Information, false)]
    [InlineData("warn", LogLevel.Error, true)]
    [InlineData("FATAL", LogLevel.Error, false)]
    [InlineData("?", LogLevel.Debug, false)]
    public void Line_Is_Written_When_Its_Level_Is_High_Enough(string? minimum, LogLevel level, bool isWritten)
    {
        ILambdaLogger log = Writer(null, minimum);

        log.Log(level, "text");

        Assert.Equal(isWritten, _output.ToString().Length > 0);
    }

    [Fact]
    public void Exception_Comes_After_The_Message()
    {
        ILambdaLogger log = Writer(null, "DEBUG");

        log.LogDebug(new InvalidOperationException("why"), "what {happened}", "broke");

        Assert.EndsWith("\tdbug\twhat broke\nSystem.InvalidOperationException: why\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Message_Is_Not_A_Template_When_There_Are_No_Arguments()
    {
        Writer(null, null).LogLine("{a} }{");

        Assert.EndsWith("\tinfo\t{a} }{\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Line_Has_The_Values_Of_The_Message_By_Name()
    {
        Writer("json", null).Log(
            "Warning", "{text} {whole} {long} {real} {truth}: {nothing} {missing}", "a\"b", 3, 4L, 1.5, true, null!);

        Assert.Equal(
            """{"timestamp":"2026-11-23T18:19:29.005Z","level":"Warning","requestId":"the-id","traceId":"Root=1","message":"a\u0022b 3 4 1.5 True: {nothing} {missing}","text":"a\u0022b","whole":3,"long":4,"real":1.5,"truth":true}""" + "\n",
            _output.ToString());
    }

    [Fact]
    public void Json_Line_Has_The_Exception_In_Fields()
    {
        Writer("JSON", null).Log("Error", new InvalidOperationException("why"), "");

        Assert.EndsWith(
            ""","message":"","errorType":"System.InvalidOperationException","errorMessage":"why","stackTrace":["System.InvalidOperationException: why"]}""" + "\n",
            _output.ToString(),
            StringComparison.Ordinal);
    }

    public void Dispose() => _output.Dispose();

    private LogWriter Writer(string? format, string? level) =>
        new(
            _output,
            name => name == "AWS_LAMBDA_LOG_FORMAT" ? format : name == "AWS_LAMBDA_LOG_LEVEL" ? level : null,
            new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 18, 19, 29, 5, TimeSpan.Zero)))
        {
            Invocation = new Invocation("the-id", []) { TraceId = "Root=1" },
        };
}
