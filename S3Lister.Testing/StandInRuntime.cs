using S3Lister.Local.RuntimeApi;

namespace S3Lister.Testing;

/// <summary>A function that is a small script: it does what the event says.</summary>
internal static class StandInRuntime
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "runtime.py");

    private static bool IsScriptAProgram => !OperatingSystem.IsWindows();

    public static bool IsSupported => IsScriptAProgram && ExternalProgram.Python.IsInstalled;

    /// <summary>Ends the test where the script cannot run.</summary>
    public static void Require()
    {
        Assert.SkipUnless(IsScriptAProgram, "Windows does not start a script as a program.");
        ExternalProgram.Python.Require();
    }

    public static FunctionOptions Options(IFunctionObserver? observer = null, string? init = null)
    {
        Require();
        return new()
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
}
