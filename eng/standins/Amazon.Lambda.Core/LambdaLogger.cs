namespace Amazon.Lambda.Core;

/// <summary>The function's log for code that has no <see cref="ILambdaContext"/>.</summary>
public static class LambdaLogger
{
    // Set by the runtime when it starts; until then, and in tests, lines go to the console.
    internal static Action<string, Exception, string, object[]> Write { get; set; } = WriteToConsole;

    /// <summary>Writes a line without a level.</summary>
    public static void Log(string message) => Write(null, null, message, []);

    public static void Log(string level, string message, params object[] args) => Write(level, null, message, args);

    public static void Log(LogLevel level, string message, params object[] args) =>
        Log(level.ToString(), message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) =>
        Write(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Log(level.ToString(), exception, message, args);

    private static void WriteToConsole(string level, Exception exception, string message, object[] args)
    {
        var line = level is null ? message : $"{level}: {message}";
        if (args.Length > 0)
        {
            line += $" Arguments: {string.Join(' ', args.Select(argument => $"\"{argument}\""))}";
        }

        Console.WriteLine(exception is null ? line : $"{line}{Environment.NewLine}{exception}");
    }
}
