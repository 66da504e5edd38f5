namespace S3Lister.Local.RuntimeApi;

/// <summary>Receives everything that Lambda would write to the function's log group. Called from many threads.</summary>
internal interface IFunctionObserver
{
    /// <summary>A line that the process wrote to stdout or stderr, as it is.</summary>
    void OnOutput(string functionName, int processId, string line);

    /// <summary>A process has requested its first call, or never will: Lambda's INIT_REPORT.</summary>
    void OnInit(InitReport report);

    /// <summary>A call has ended, one way or another: Lambda's REPORT.</summary>
    void OnInvocation(InvocationReport report);
}
