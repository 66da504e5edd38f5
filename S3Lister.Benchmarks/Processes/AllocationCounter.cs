using System.Buffers.Binary;
using System.IO.Pipes;
using System.Reflection;

namespace S3Lister.Benchmarks.Processes;

/// <summary>
/// Runs a function's managed assembly in a separate process and reports how much it has allocated, which a native binary
/// does not report. The two differ only in objects that one of the compilers keeps on the stack.
/// </summary>
internal static class AllocationCounter
{
    public const string Command = "allocations";

    private const string PipeVariable = "S3LISTER_BENCHMARKS_PIPE";

    /// <summary>The function in the form that <see cref="Run"/> runs, with the same Runtime API.</summary>
    public static (FunctionSpec Spec, string Pipe) Of(FunctionSpec function)
    {
        var pipe = Guid.NewGuid().ToString("N");
        return (function with
        {
            Command = [Environment.ProcessPath!, Command, function.Assembly!],
            Environment = new Dictionary<string, string>(function.Environment ?? new Dictionary<string, string>()) { [PipeVariable] = pipe },
        }, pipe);
    }

    /// <summary>Reads how much such a process has allocated so far, in bytes.</summary>
    public static async Task<long> ReadAsync(string pipe)
    {
        await using NamedPipeClientStream client = new(".", pipe, PipeDirection.In);
        await client.ConnectAsync();
        var bytes = new byte[sizeof(long)];
        await client.ReadExactlyAsync(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>Runs the function's Main, which does not return, in this process.</summary>
    public static void Run(string assembly)
    {
        var pipe = Environment.GetEnvironmentVariable(PipeVariable)!;
        new Thread(() => Serve(pipe)) { IsBackground = true }.Start();
        var main = Assembly.LoadFrom(assembly).EntryPoint!;
        main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
    }

    private static void Serve(string pipe)
    {
        var bytes = new byte[sizeof(long)];
        while (true)
        {
            using NamedPipeServerStream server = new(pipe, PipeDirection.Out);
            server.WaitForConnection();
            BinaryPrimitives.WriteInt64LittleEndian(bytes, GC.GetTotalAllocatedBytes(precise: true));
            server.Write(bytes);
        }
    }
}
