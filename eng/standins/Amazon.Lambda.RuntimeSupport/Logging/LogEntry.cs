using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal readonly record struct LogEntry(
    DateTimeOffset Time,
    LogLevel Level,
    Invocation? Invocation,
    MessageTemplate Message,
    object?[] Arguments,
    Exception? Exception);
