using System.Reflection;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Health;

/// <summary>Requests one key from S3, which verifies the role, the bucket, its owner and its region.</summary>
internal sealed class HealthCheck(S3PageReader reader)
{
    private static readonly S3PageRequest OneKey = new("", null, null, null, default, 1);

    /// <summary>The version of the code, set by the build.</summary>
    public static string Version { get; } =
        typeof(HealthCheck).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <exception cref="OperationCanceledException">S3 did not respond before the deadline.</exception>
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

/// <param name="Region">The bucket's region; null if the bucket cannot be listed.</param>
/// <param name="Failure">The reason that the bucket cannot be listed; null if it can be.</param>
internal sealed record HealthReport(string? Region, UpstreamException? Failure);
