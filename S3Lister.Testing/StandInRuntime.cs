using S3Lister.Local.RuntimeApi;

namespace S3Lister.Testing;

/// <summary>A function that is a small script: it does what the event tells it to.</summary>
internal static class StandInRuntime
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "runtime.py");

    public static FunctionOptions Options(IFunctionObserver? observer = null, string? init = null) => new()
    {
        Name = "Subject",
        Executable = Path,
        Timeout = TimeSpan.FromSeconds(20),
        InitTimeout = TimeSpan.FromMinutes(1),
        SettleGrace = TimeSpan.FromMinutes(1),
        Observer = observer ?? NullFunctionObserver.Instance,
        Environment = init is null ? [] : new Dictionary<string, string> { ["STANDIN_INIT"] = init },
    };
}
