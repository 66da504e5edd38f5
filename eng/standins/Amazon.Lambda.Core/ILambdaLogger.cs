namespace Amazon.Lambda.Core;

/// <summary>
/// Writes to the function's log. A message may be a template, <c>"Listed {count} keys"</c>: in the JSON log format each
/// value is a property.
/// </summary>
public interface ILambdaLogger
{
    /// <summary>Writes the message as it is, without a line end.</summary>
    void Log(string message);

    /// <summary>Writes a line at the level Information.</summary>
    void LogLine(string message);

    /// <exception cref="NotSupportedException">
    /// The logger does not implement this member. The official interface calls itself here until the stack ends.
    /// </exception>
    void Log(string level, string message, params object[] args) =>
        throw new NotSupportedException("A logger implements Log(string, string, object[]) itself.");

    void Log(string level, Exception exception, string message, params object[] args)
    {
        Log(level, message, args);
        Log(level, exception.ToString(), args);
    }

    void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    void LogDebug(Exception exception, string message, params object[] args) =>
        Log(nameof(LogLevel.Debug), exception, message, args);
}
