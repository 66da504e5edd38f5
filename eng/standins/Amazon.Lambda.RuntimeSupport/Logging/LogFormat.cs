namespace Amazon.Lambda.RuntimeSupport;

internal enum LogFormat
{
    /// <summary>Timestamp, request id and level before each line, tabs between.</summary>
    Text,

    /// <summary>The line alone.</summary>
    Unformatted,

    /// <summary>A JSON object per line.</summary>
    Json,
}
