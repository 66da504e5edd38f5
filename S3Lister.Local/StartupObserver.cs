using S3Lister.Local.RuntimeApi;

namespace S3Lister.Local;

/// <summary>
/// Buffers what the functions write while they start. It is forwarded when all have started; for a function that does
/// not start, a single line says why.
/// </summary>
internal sealed class StartupObserver(IFunctionObserver inner) : IFunctionObserver
{
    /// <summary>How .NET begins the report of an unhandled exception.</summary>
    private const string Unhandled = "Unhandled exception. ";

    private readonly Lock _lock = new();
    private List<Action>? _held = [];
    private string? _cause;

    public void OnOutput(string functionName, int processId, string line)
    {
        if (_held is not null && _cause is null && line.StartsWith(Unhandled, StringComparison.Ordinal))
        {
            // The exception's type is for programmers.
            var message = line[Unhandled.Length..].Split(": ", 2);
            _cause = $"{functionName} does not start: {message[^1]}";
        }

        Pass(() => inner.OnOutput(functionName, processId, line));
    }

    public void OnInit(InitReport report) => Pass(() => inner.OnInit(report));

    public void OnInvocation(InvocationReport report) => Pass(() => inner.OnInvocation(report));

    /// <summary>Forwards what is buffered, and everything from now on.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _held?.ForEach(pass => pass());
            _held = null;
        }
    }

    /// <summary>Why a function does not start, as far as is known.</summary>
    public string Explain(InitReport failed) =>
        _cause ?? $"{failed.FunctionName} does not start: {failed.Error!.Type}: {failed.Error.Message}";

    private void Pass(Action pass)
    {
        lock (_lock)
        {
            if (_held is not null)
            {
                _held.Add(pass);
                return;
            }
        }

        pass();
    }
}
