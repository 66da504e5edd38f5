using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Sample;

/// <summary>The storage classes that objects move to, each after a number of days, in ascending order.</summary>
internal sealed record LifecycleRule(params IReadOnlyList<(int Days, StorageClass Class)> Transitions)
{
    /// <summary>Bytes: S3 doesn't transition smaller objects by default.</summary>
    public const long MinimumSize = 128 * 1024;

    public static LifecycleRule None { get; } = new();

    public static LifecycleRule Tiered { get; } = new((0, StorageClass.IntelligentTiering));

    public static LifecycleRule Infrequent { get; } = new((180, StorageClass.StandardIA));

    public static LifecycleRule Archive { get; } = new(
        (30, StorageClass.StandardIA),
        (90, StorageClass.GlacierIR),
        (365, StorageClass.Glacier),
        (730, StorageClass.DeepArchive));

    public StorageClass ClassOf(long size, TimeSpan age) =>
        size < MinimumSize
            ? StorageClass.Standard
            : Transitions.LastOrDefault(transition => age.TotalDays >= transition.Days).Class;
}
