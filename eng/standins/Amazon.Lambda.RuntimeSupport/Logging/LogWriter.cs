using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The function's log. Captures the console: what is written there as a line is formatted like a log message, of level
/// Information from stdout and Error from stderr. <c>Console.Write</c> without a line end passes as it is, and so does
/// <c>Console.OpenStandardOutput()</c>: the way for a line that must reach stdout unchanged.
/// </summary>
internal sealed class LogWriter(TextWriter output, LogSettings settings, TimeProvider time)
{
    private readonly Lock _lock = new();

    /// <summary>What the lines are marked with.</summary>
    public Invocation? Invocation { get; set; }

    public static LogWriter CaptureConsole()
    {
        var settings = LogSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        var (output, error) = (Console.Out, Console.Error);
        var log = new LogWriter(output, settings, TimeProvider.System);
#pragma warning disable CA2000 // They are the console from here on, until the process ends.
        Console.SetOut(new CapturedConsole(output, line => log.WriteLine(output, nameof(LogLevel.Information), null, line, [])));
        Console.SetError(new CapturedConsole(error, line => log.WriteLine(error, nameof(LogLevel.Error), null, line, [])));
#pragma warning restore CA2000
        LambdaLogger.Write = log.WriteLine;
        return log;
    }

    public void WriteLine(string? level, Exception? exception, string? message, object?[]? arguments) =>
        WriteLine(output, level, exception, message, arguments);

    private void WriteLine(TextWriter to, string? level, Exception? exception, string? message, object?[]? arguments)
    {
        // A level that is not known is never filtered, and shown as the lowest.
        var known = LogSettings.ParseLevel(level);
        if (known < settings.MinimumLevel)
        {
            return;
        }

        var entry = new LogEntry(
            time.GetUtcNow(),
            known ?? LogLevel.Trace,
            Invocation,
            MessageTemplate.Of(message ?? string.Empty, arguments ?? []),
            arguments ?? [],
            exception);
        var line = settings.Format == LogFormat.Json
            ? JsonLogLine.Format(entry)
            : TextLogLine.Format(entry, withPrefix: settings.Format == LogFormat.Text);
        lock (_lock)
        {
            to.WriteLine(line);
        }
    }
}
