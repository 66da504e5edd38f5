using System.Globalization;
using System.Text;
using S3Lister.Listing.Filters;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Query;

/// <summary>Binds and validates the filters. A filter that is not valid is rejected and never ignored.</summary>
internal static class FilterBinder
{
    public const string Include = "include";
    public const string Exclude = "exclude";
    public const string MinSize = "min-size";
    public const string MaxSize = "max-size";
    public const string ModifiedAfter = "modified-after";
    public const string ModifiedBefore = "modified-before";
    public const string StorageClass = "storage-class";

    /// <summary>The names of the filters.</summary>
    public static IReadOnlyList<string> Parameters { get; } = [Include, Exclude, MinSize, MaxSize, ModifiedAfter, ModifiedBefore, StorageClass];

    /// <summary>The storage classes of objects in general purpose buckets.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html"/>
    private static readonly string[] StorageClasses =
    [
        "STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE",
        "REDUCED_REDUNDANCY", "OUTPOSTS", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP",
    ];

    private static readonly (string Unit, int Shift)[] Units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)];

    /// <exception cref="InvalidRequestException">A filter is invalid. The exception has its name and the rule.</exception>
    public static ObjectFilter Bind(QueryString query)
    {
        ObjectFilter filter = new(
            Pattern(query, Include), Pattern(query, Exclude), Size(query, MinSize), Size(query, MaxSize),
            Instant(query, ModifiedAfter), Instant(query, ModifiedBefore), Classes(query));

        if (filter.MinSize > filter.MaxSize)
        {
            throw InvalidRequestException.BadParameter(MaxSize, $"{MaxSize} must not be smaller than {MinSize}.");
        }

        if (filter.ModifiedAfter >= filter.ModifiedBefore)
        {
            throw InvalidRequestException.BadParameter(ModifiedBefore, $"{ModifiedBefore} must be later than {ModifiedAfter}.");
        }

        return filter;
    }

    private static Glob? Pattern(QueryString query, string name)
    {
        try
        {
            return query[name] is { } pattern ? Glob.Parse(pattern) : null;
        }
        catch (FormatException e)
        {
            throw InvalidRequestException.BadParameter(name, $"{name} {e.Message}.");
        }
    }

    private static long? Size(QueryString query, string name)
    {
        if (query[name] is not { } text)
        {
            return null;
        }

        var (unit, shift) = Array.Find(Units, candidate => text.EndsWith(candidate.Unit, StringComparison.Ordinal));
        var digits = text.AsSpan(0, text.Length - (unit?.Length ?? 0));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue >> shift
            ? count << shift
            : throw InvalidRequestException.BadParameter(
                name, $"{name} must be a whole number of bytes, or a whole number followed by KiB, MiB, GiB or TiB, such as 100MiB.");
    }

    private static DateTimeOffset? Instant(QueryString query, string name)
    {
        if (query[name] is not { } text)
        {
            return null;
        }

        return Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var ticks)
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw InvalidRequestException.BadParameter(
                name, $"{name} must be an RFC 3339 time in the years 0001 to 9999, such as 2026-11-23T18:19:29Z; encode the + of an offset as %2B.");
    }

    private static string[] Classes(QueryString query)
    {
        if (query[StorageClass] is not { } text)
        {
            return [];
        }

        var classes = text.Split(',');
        return Array.TrueForAll(classes, name => StorageClasses.Contains(name, StringComparer.Ordinal))
            ? [.. classes.Distinct().Order(StringComparer.Ordinal)]
            : throw InvalidRequestException.BadParameter(
                StorageClass, $"{StorageClass} must be one or more of {string.Join(", ", StorageClasses)}, separated by commas.");
    }
}
