using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using StandIns.Tests.Generation;

namespace StandIns.Tests.Runtime;

/// <summary>The sample functions, generated, compiled, and started as Lambda starts them.</summary>
internal sealed class FunctionProcess : IDisposable
{
    private readonly SampleProject _project = new();
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public FunctionProcess(RuntimeApiServer api, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Dotnet(), [Build()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_LAMBDA_RUNTIME_API"] = api.Endpoint,
                ["ANNOTATIONS_HANDLER"] = "ListObjects",
                ["DOTNET_DbgEnableMiniDump"] = "0",
            },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async Task<(int ExitCode, string[] Output, string Error)> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, (await _output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _project.Dispose();
    }

    private static string Dotnet() => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private string Build()
    {
        var (compilation, diagnostics) = _project.Generate(SampleProject.Functions);
        Assert.Empty(diagnostics);
        var program = Path.Combine(_project.Folder, "bootstrap.dll");
        var result = compilation.Emit(program, cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        foreach (var library in Directory.GetFiles(AppContext.BaseDirectory, "Amazon.Lambda.*.dll"))
        {
            File.Copy(library, Path.Combine(_project.Folder, Path.GetFileName(library)));
        }

        // The ASP.NET Core framework has Microsoft.Extensions.DependencyInjection.
        File.WriteAllText(
            Path.Combine(_project.Folder, "bootstrap.runtimeconfig.json"),
            $$"""{ "runtimeOptions": { "framework": { "name": "Microsoft.AspNetCore.App", "version": "{{Environment.Version}}" } } }""");
        return program;
    }
}
