using Amazon.Lambda.Core;

namespace StandIns.Tests.Packages;

public sealed class LoggerTests
{
    [Fact]
    public void Every_Way_To_Log_Reaches_The_Logger_With_Its_Level()
    {
        var logger = new Recorder();
        ILambdaLogger log = logger;
        var exception = new InvalidOperationException();

        log.LogTrace("t");
        log.LogDebug("d");
        log.LogInformation("i");
        log.LogWarning("w");
        log.LogError("e");
        log.LogCritical("c");
        log.Log(LogLevel.Error, "x");
        log.LogTrace("t {0}", 1);
        log.LogDebug("d {0}", 1);
        log.LogInformation("i {0}", 1);
        log.LogWarning("w {0}", 1);
        log.LogError("e {0}", 1);
        log.LogCritical("c {0}", 1);
        log.LogTrace(exception, "t {0}", 1);
        log.LogDebug(exception, "d {0}", 1);
        log.LogInformation(exception, "i {0}", 1);
        log.LogWarning(exception, "w {0}", 1);
        log.LogError(exception, "e {0}", 1);
        log.LogCritical(exception, "c {0}", 1);

        Assert.Equal(
            [
                "Trace t", "Debug d", "Information i", "Warning w", "Error e", "Critical c", "Error x",
                "Trace t {0} 1", "Debug d {0} 1", "Information i {0} 1", "Warning w {0} 1", "Error e {0} 1", "Critical c {0} 1",
                "Trace t {0} 1 !", "Debug d {0} 1 !", "Information i {0} 1 !", "Warning w {0} 1 !", "Error e {0} 1 !", "Critical c {0} 1 !",
            ],
            logger.Lines);
    }

    [Fact]
    public void Arguments_Are_Refused_When_The_Logger_Does_Not_Take_Them()
    {
        ILambdaLogger log = new Plain();

        Assert.Throws<NotSupportedException>(() => log.LogInformation("{0}", 1));
    }

    private sealed class Recorder : ILambdaLogger
    {
        public List<string> Lines { get; } = [];

        public void Log(string message) => Lines.Add(message);

        public void LogLine(string message) => Lines.Add(message);

        public void Log(string level, string message) => Lines.Add($"{level} {message}");

        public void Log(string level, string message, params object[] args) => Lines.Add($"{level} {message} {args[0]}");

        public void Log(string level, Exception exception, string message, params object[] args) =>
            Lines.Add($"{level} {message} {args[0]} !");
    }

    private sealed class Plain : ILambdaLogger
    {
        public void Log(string message)
        {
        }

        public void LogLine(string message)
        {
        }
    }
}
