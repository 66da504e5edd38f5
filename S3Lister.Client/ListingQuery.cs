namespace S3Lister.Client;

/// <summary>What to list: a prefix, and filters that select objects.</summary>
public abstract record ListingQuery
{
    /// <summary>Only keys that begin with this text; at most 1024 bytes of UTF-8. Default: empty, which is the whole bucket.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Groups keys: <c>/</c> groups them by folder. Default: null, which groups nothing.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The token of the previous page or part. Default: null, which starts at the beginning.</summary>
    public string? ContinuationToken { get; init; }

    /// <summary>A glob that the key after the prefix must match. Default: null.</summary>
    public string? Include { get; init; }

    /// <summary>A glob that the key after the prefix must not match. Default: null.</summary>
    public string? Exclude { get; init; }

    /// <summary>Minimum size in bytes, inclusive. Default: null.</summary>
    public long? MinSize { get; init; }

    /// <summary>Maximum size in bytes, inclusive. Default: null.</summary>
    public long? MaxSize { get; init; }

    /// <summary>Last modified at this instant or later. Default: null.</summary>
    public DateTimeOffset? ModifiedAfter { get; init; }

    /// <summary>Last modified before this instant. Default: null.</summary>
    public DateTimeOffset? ModifiedBefore { get; init; }

    /// <summary>Only objects of these storage classes. Default: empty, which is all.</summary>
    public IReadOnlyList<string> StorageClasses { get; init; } = [];

    /// <summary>The query of the URL: sorted by name and percent-encoded, as it is signed.</summary>
    internal string ToQueryString()
    {
        SortedDictionary<string, string> parameters = new(StringComparer.Ordinal);
        AddTo(parameters);
        return string.Join('&', parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
    }

    private protected static void Add(SortedDictionary<string, string> parameters, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            parameters.Add(name, value);
        }
    }

    private protected static void Add<T>(SortedDictionary<string, string> parameters, string name, T? value)
        where T : struct, IFormattable
    {
        if (value is { } set)
        {
            parameters.Add(name, set.ToString(null, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private protected static string? Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private protected virtual void AddTo(SortedDictionary<string, string> parameters)
    {
        Add(parameters, "prefix", Prefix);
        Add(parameters, "delimiter", Delimiter);
        Add(parameters, "continuation-token", ContinuationToken);
        Add(parameters, "include", Include);
        Add(parameters, "exclude", Exclude);
        Add(parameters, "min-size", MinSize);
        Add(parameters, "max-size", MaxSize);
        Add(parameters, "modified-after", Instant(ModifiedAfter));
        Add(parameters, "modified-before", Instant(ModifiedBefore));
        Add(parameters, "storage-class", string.Join(',', StorageClasses));
    }
}
