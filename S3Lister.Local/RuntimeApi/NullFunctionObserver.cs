namespace S3Lister.Local.RuntimeApi;

internal sealed class NullFunctionObserver : IFunctionObserver
{
    public static readonly NullFunctionObserver Instance = new();

    public void OnOutput(string functionName, int processId, string line)
    {
    }

    public void OnInit(InitReport report)
    {
    }

    public void OnInvocation(InvocationReport report)
    {
    }
}
