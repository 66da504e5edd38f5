using System.Globalization;

namespace S3Lister.Cli.Output;

/// <summary>How far a command is: one line that changes on a terminal, a line every ten seconds in a log, nothing if it is quiet.</summary>
internal sealed class Progress(Terminal terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = time.GetTimestamp();
    private long _last = time.GetTimestamp();
    private bool _isShown;

    /// <param name="objects">Number of objects so far, in this run.</param>
    /// <param name="what">What else to say.</param>
    /// <param name="total">Number of objects at the end, if it is known: then the line has the remaining time.</param>
    public void Report(long objects, string what, long? total = null)
    {
        if (terminal.IsQuiet || time.GetElapsedTime(_last) < (terminal.IsErrorTerminal ? TerminalInterval : LogInterval))
        {
            return;
        }

        _last = time.GetTimestamp();
        var rate = objects / time.GetElapsedTime(_start).TotalSeconds;
        var remaining = total is { } end && rate > 0 && end > objects
            ? $", {TimeSpan.FromSeconds(Math.Ceiling((end - objects) / rate)):g} left"
            : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(objects, "object")}, {rate:#,0}/s, {what}{remaining}");
        StandardStream.Error.Write(terminal.IsErrorTerminal ? $"\r{line}\e[K" : line + "\n");
        _isShown = terminal.IsErrorTerminal;
    }

    /// <summary>Removes the line from the terminal.</summary>
    public void Dispose()
    {
        if (_isShown)
        {
            StandardStream.Error.Write("\r\e[K");
        }
    }
}
