using System.Buffers.Binary;
using System.IO.Pipes;
using System.Reflection;

namespace S3Lister.Benchmarks.Processes;

/// <summary>
/// Runs a function's managed assembly in a process of its own, and tells how much it has allocated. A native binary
/// does not tell; what it allocates is the same but for what the two compilers keep on the stack.
/// </summary>
internal static class AllocationCounter
{
    public const string Command = "allocations";

    private const string PipeVariable = "S3LISTER_BENCHMARKS_PIPE";

    /// <summary>The function as <see cref="Run"/> runs it, under the same Runtime API.</summary>
    public static (FunctionSpec Spec, string Pipe) Of(FunctionSpec function)
    {
        var pipe = Guid.NewGuid().ToString("N");
        return (function with
        {
            Command = [Environment.ProcessPath!, Command, function.Assembly!],
            Environment = new Dictionary<string, string>(function.Environment ?? new Dictionary<string, string>()) { [PipeVariable] = pipe },
        }, pipe);
    }

    /// <summary>Asks such a process how much it has allocated so far, in bytes.</summary>
    public static async Task<long> ReadAsync(string pipe)
    {
        await using NamedPipeClientStream client = new(".", pipe, PipeDirection.In);
        await client.ConnectAsync();
        var bytes = new byte[sizeof(long)];
        await client.ReadExactlyAsync(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>The process itself: the function's Main, which does not return.</summary>
    public static void Run(string assembly)
    {
        var pipe = Environment.GetEnvironmentVariable(PipeVariable)!;
        new Thread(() => Answer(pipe)) { IsBackground = true }.Start();
        var main = Assembly.LoadFrom(assembly).EntryPoint!;
        main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
    }

    private static void Answer(string pipe)
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
