using System.Reflection;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Health;

/// <summary>Asks S3 for one key: whether role, bucket, owner and region fit together.</summary>
internal sealed class HealthCheck(S3PageReader reader)
{
    private static readonly S3PageRequest OneKey = new("", null, null, null, default, 1);

    /// <summary>The version of the code, as the build stamped it.</summary>
    public static string Version { get; } =
        typeof(HealthCheck).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <exception cref="OperationCanceledException">The deadline came first.</exception>
    public async Task<HealthReport> CheckAsync(S3Cost cost, CancellationToken deadline)
    {
        try
        {
            using var page = await reader.ReadAsync(OneKey, cost, deadline);
            return new(reader.Region, null);
        }
        catch (UpstreamException failure)
        {
            return new(null, failure);
        }
    }
}

/// <param name="Region">The bucket's region; null when it cannot be listed.</param>
/// <param name="Failure">Why the bucket cannot be listed; null when it can.</param>
internal sealed record HealthReport(string? Region, UpstreamException? Failure);
