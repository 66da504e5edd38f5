namespace S3Lister.Cli;

/// <summary>How a command ended. The numbers are documented in docs/client.md.</summary>
internal static class ExitCode
{
    /// <summary>The result is whole. A prefix without keys is a whole result.</summary>
    public const int Success = 0;

    /// <summary>Nothing matched, with <c>--require</c>.</summary>
    public const int NothingMatched = 1;

    /// <summary>The command line or a setting is wrong.</summary>
    public const int Usage = 2;

    /// <summary>There are no credentials, or the API refuses them.</summary>
    public const int Refused = 3;

    /// <summary>The service failed, also after retries.</summary>
    public const int ServiceFailed = 4;

    /// <summary>The output is a part of the result, and says so.</summary>
    public const int Partial = 5;

    /// <summary>A local file or standard output cannot be read or written.</summary>
    public const int LocalFile = 6;

    /// <summary>Interrupted by Ctrl+C.</summary>
    public const int Interrupted = 130;
}
