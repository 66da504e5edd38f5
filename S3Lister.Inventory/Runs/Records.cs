namespace S3Lister.Inventory.Runs;

/// <summary>An item in the list of a round.</summary>
/// <param name="Ranges">As in <see cref="ExportEvent.Ranges"/>.</param>
/// <param name="Weight">The estimated number of keys.</param>
internal sealed record RoundItem(string Ranges, double Weight);

/// <summary>
/// What one attempt has done for an item. The first record that is written for an item counts; attempts without one stay
/// invisible.
/// </summary>
internal sealed record CommitRecord
{
    /// <summary>Random; empty in the record of an item that no attempt has committed before the round ended.</summary>
    public string Attempt { get; init; } = "";

    /// <summary>The item's ranges.</summary>
    public string Ranges { get; init; } = "";

    /// <summary>The ranges that remain.</summary>
    public string Remaining { get; init; } = "";

    /// <summary>The estimated number of keys of each remaining range.</summary>
    public double[] Weights { get; init; } = [];

    public long Keys { get; init; }

    /// <summary>LIST requests of this attempt.</summary>
    public long Requests { get; init; }

    /// <summary>Null for no keys, and for a summary alone.</summary>
    public FileRecord? File { get; init; }

    public TallyRecord Tally { get; init; } = new();
}

/// <summary>A file whose parts are uploaded. It becomes visible when the run completes the upload.</summary>
/// <param name="Md5">Of the content, in hexadecimal digits, as in the manifest of S3 Inventory.</param>
internal sealed record FileRecord(string Key, string UploadId, string[] ETags, long Size, long Rows, string Md5);

/// <summary>The sums of the objects that an attempt has listed.</summary>
internal sealed record TallyRecord
{
    public SumsRecord Total { get; init; } = new(0, 0);

    public ClassRecord[] Classes { get; init; } = [];

    public CellRecord[] Cube { get; init; } = [];

    /// <summary>The root first; empty without a tree.</summary>
    public NodeRecord[] Tree { get; init; } = [];
}

internal sealed record SumsRecord(long Objects, long Bytes);

internal sealed record ClassRecord(string Name, SumsRecord Sums);

/// <param name="Class">The index in <see cref="TallyRecord.Classes"/>.</param>
internal sealed record CellRecord(int Age, int Size, int Class, SumsRecord Sums);

/// <param name="Newest">In ticks of UTC; null without objects.</param>
internal sealed record NodeRecord(string Name, SumsRecord Own, SumsRecord Rest, SumsRecord[] Ages, long? Newest, long? Oldest);

/// <summary>How far a run is. Written at the start of each round, and as <c>progress.json</c>.</summary>
/// <param name="Round">The number of the round that starts.</param>
/// <param name="Objects">The number of objects listed in the rounds before.</param>
/// <param name="Bytes">The sum of their sizes.</param>
/// <param name="Requests">LIST requests of the committed attempts.</param>
/// <param name="Items">The number of the round's items.</param>
/// <param name="RemainingRanges">The number of ranges that remain.</param>
/// <param name="EstimatedObjects">The estimated number of remaining objects.</param>
/// <param name="IdleRounds">The number of consecutive rounds, up to the one before, that listed nothing.</param>
internal sealed record Progress(
    int Round, long Objects, long Bytes, long Requests, int Items, int RemainingRanges, double EstimatedObjects, int IdleRounds);
