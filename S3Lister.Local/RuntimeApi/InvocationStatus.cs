namespace S3Lister.Local.RuntimeApi;

internal enum InvocationStatus
{
    Success,

    /// <summary>The function reported an error, died, could not start, or returned too much.</summary>
    Error,

    /// <summary>The function took longer than its Timeout and was killed.</summary>
    Timeout,

    /// <summary>The event is over Lambda's 6 MB: the function was not called.</summary>
    RequestTooLarge,
}
