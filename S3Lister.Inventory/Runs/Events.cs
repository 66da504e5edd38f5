namespace S3Lister.Inventory.Runs;

#pragma warning disable CA1515 // The handlers that Lambda Annotations generates are public, so their parameters are, too.
#pragma warning disable CA1819 // The events are plain data.

/// <summary>What a run was started with: the input of the state machine's execution.</summary>
/// <remarks>Its properties have setters, because generated JSON code sets those with <c>init</c> to null where the JSON lacks them.</remarks>
public sealed record InventoryInput
{
    public const string Parquet = "parquet";
    public const string None = "none";

    /// <summary><c>parquet</c> for an inventory and its summary, <c>none</c> for the summary alone.</summary>
    public string Format { get; set; } = Parquet;

    /// <summary>The number of levels of the summary's tree, 0 to 8; 0 for no tree.</summary>
    public int Depth { get; set; } = 3;

    /// <summary>The edges of the summary's age classes in ascending order, at most 7.</summary>
    public DateTimeOffset[] ModifiedEdges { get; set; } = [];
}

/// <summary>A run, and the number of its round.</summary>
public sealed record InventoryJob
{
    /// <summary>The execution's name: 1 to 80 letters, digits, hyphens and underscores.</summary>
    public string Run { get; init; } = "";

    /// <summary>When the execution was started.</summary>
    public DateTimeOffset Started { get; init; }

    public InventoryInput Input { get; init; } = new();

    /// <summary>0 for the first round.</summary>
    public int Round { get; init; }
}

/// <summary>An item of the map: the ranges that one export lists.</summary>
public sealed record ExportEvent
{
    public InventoryJob Job { get; init; } = new();

    /// <summary>The number of the item in its round, from 0.</summary>
    public int Item { get; init; }

    /// <summary>The ranges, as base64 of their binary encoding.</summary>
    public string Ranges { get; init; } = "";
}

/// <summary>What the next round has to do.</summary>
/// <param name="Bucket">The bucket of the list of items.</param>
/// <param name="ItemsKey">The key of the list of items, a JSON array.</param>
/// <param name="Items">The number of items; 0 where everything is listed.</param>
/// <param name="IsComplete">Whether everything is listed.</param>
/// <param name="MaxConcurrency">The number of exports at a time.</param>
public sealed record RoundPlan(string Bucket, string ItemsKey, int Items, bool IsComplete, int MaxConcurrency);

/// <param name="Keys">The number of keys that the committed attempt has listed.</param>
public sealed record ExportResult(long Keys);

/// <summary>Where the result of a run is, and how large it is.</summary>
/// <param name="Bucket">The bucket of the two keys.</param>
/// <param name="ManifestKey">The key of the manifest; null where only a summary was made.</param>
/// <param name="SummaryKey">The key of the summary.</param>
/// <param name="Objects">The number of objects.</param>
/// <param name="Bytes">The sum of their sizes.</param>
public sealed record InventoryResult(string Bucket, string? ManifestKey, string SummaryKey, long Objects, long Bytes);
