using System.Text.Json.Serialization;

namespace S3Lister.Cli.Lifecycle;

/// <summary>A lifecycle configuration, as <c>aws s3api put-bucket-lifecycle-configuration</c> reads it.</summary>
internal sealed record LifecycleConfiguration(IReadOnlyList<LifecycleRule> Rules)
{
    /// <param name="includesSmall">A rule that has a size of its own moves small objects too, except empty ones.</param>
    public static LifecycleConfiguration Of(string prefix, int days, string storageClass, bool includesSmall) => new(
    [
        new($"{storageClass} after {days} days", "Enabled", Filter(prefix, includesSmall), [new(days, storageClass)]),
    ]);

    private static LifecycleFilter Filter(string prefix, bool includesSmall) => (prefix, includesSmall) switch
    {
        (_, false) => new() { Prefix = prefix },
        ("", true) => new() { ObjectSizeGreaterThan = 0 },
        (_, true) => new() { And = new(prefix, 0) },
    };
}

internal sealed record LifecycleRule([property: JsonPropertyName("ID")] string Id, string Status, LifecycleFilter Filter, IReadOnlyList<LifecycleTransition> Transitions);

/// <summary>Exactly one of its properties is set.</summary>
internal sealed record LifecycleFilter
{
    public string? Prefix { get; init; }

    public long? ObjectSizeGreaterThan { get; init; }

    public LifecycleFilterAnd? And { get; init; }
}

internal sealed record LifecycleFilterAnd(string Prefix, long ObjectSizeGreaterThan);

internal sealed record LifecycleTransition(int Days, string StorageClass);
