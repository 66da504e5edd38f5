using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>How the function logs. AWS_LAMBDA_HANDLER_LOG_… is .NET's own and wins over Lambda's AWS_LAMBDA_LOG_….</summary>
internal sealed record LogSettings(LogFormat Format, LogLevel MinimumLevel)
{
    public static LogSettings FromEnvironment(Func<string, string?> variable) =>
        new(
            ParseFormat(Either("AWS_LAMBDA_HANDLER_LOG_FORMAT", "AWS_LAMBDA_LOG_FORMAT", variable)),
            ParseLevel(Either("AWS_LAMBDA_HANDLER_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL", variable)) ?? LogLevel.Information);

    /// <summary>A level by .NET's name or Lambda's, in any case; null for anything else.</summary>
    public static LogLevel? ParseLevel(string? name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFORMATION" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => null,
    };

    private static LogFormat ParseFormat(string? name) => name?.ToUpperInvariant() switch
    {
        "JSON" => LogFormat.Json,
        "UNFORMATTED" => LogFormat.Unformatted,
        _ => LogFormat.Text,
    };

    private static string? Either(string own, string lambdas, Func<string, string?> variable) =>
        variable(own) is { Length: > 0 } value ? value : variable(lambdas);
}
