using S3Lister.Client;

namespace S3Lister.Cli.Export;

/// <summary>What <c>FILE.part.json</c> says: what <c>FILE.part</c> holds, and what comes next.</summary>
internal sealed record ExportState
{
    /// <summary>The command as it was written. An age such as <c>90d</c> is another instant in each run, but the same command.</summary>
    public required string Command { get; init; }

    /// <summary>The query of the next page.</summary>
    public required ListObjectsQuery Next { get; init; }

    /// <summary>Number of bytes of FILE.part that hold whole pages. What follows them is cut off.</summary>
    public long Length { get; init; }

    /// <summary>Number of objects in these bytes.</summary>
    public long Objects { get; init; }

    /// <summary>Number of LIST requests that were made for them.</summary>
    public long S3Requests { get; init; }

    /// <summary>The last key in these bytes; null if there is none.</summary>
    public string? LastKey { get; init; }

    /// <summary>Whether the last page is there.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The state when a page has been appended.</summary>
    public ExportState After(CopiedPage page, long length, string? lastKey) => this with
    {
        Next = Next with { ContinuationToken = page.NextContinuationToken, StartAfter = null },
        Length = length,
        Objects = Objects + page.KeyCount,
        S3Requests = S3Requests + page.S3Requests,
        LastKey = lastKey ?? LastKey,
        IsComplete = page.NextContinuationToken is null,
    };

    /// <summary>
    /// The same place without the token. What lies between the last key and the place of the token has no match, or it would be in
    /// the file: so nothing is written twice.
    /// </summary>
    public ExportState WithoutToken() => this with { Next = Next with { ContinuationToken = null, StartAfter = LastKey } };
}
