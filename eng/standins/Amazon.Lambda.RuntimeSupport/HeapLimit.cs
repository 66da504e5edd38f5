using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Sets the limit of the heap to the memory of the function, which the garbage collector cannot see.</summary>
internal static class HeapLimit
{
    public static void Apply()
    {
        var disabled = Environment.GetEnvironmentVariable("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK");
        var configured = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
        if (string.Equals(disabled, "true", StringComparison.OrdinalIgnoreCase)
            || !int.TryParse(configured, CultureInfo.InvariantCulture, out var megabytes))
        {
            return;
        }

        var bytes = (ulong)megabytes * 1024 * 1024;
        if ((ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= bytes)
        {
            AppContext.SetData("GCHeapHardLimit", bytes);
            GC.RefreshMemoryLimit();
        }
    }
}
