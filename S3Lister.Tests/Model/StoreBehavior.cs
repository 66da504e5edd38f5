namespace S3Lister.Tests.Model;

/// <summary>How a <see cref="ModelStore"/> responds, within S3's contract. Each list is repeated at its end.</summary>
/// <param name="PageSizes">Largest number of entries of a page, by the index of its first entry.</param>
/// <param name="EmptyPages">Empty, truncated pages before an entry, by its index. Each listing from there has them.</param>
/// <param name="Failures">The outcome of the first, the second, … request.</param>
/// <param name="Latencies">The latency of the first, the second, … response, in milliseconds.</param>
/// <param name="Tokens">The lengths of the continuation tokens.</param>
/// <param name="RepeatsCommonPrefix">Whether a page starts with the common prefix at the end of the previous page.</param>
/// <param name="NamesPrefixOfStartAfter">Whether the common prefix that contains <c>start-after</c> is listed.</param>
/// <param name="Echoes">Whether a response repeats the parameters of the request.</param>
internal sealed record StoreBehavior(
    IReadOnlyList<int> PageSizes, IReadOnlyList<int> EmptyPages, IReadOnlyList<Failure> Failures, IReadOnlyList<int> Latencies,
    TokenLength Tokens, bool RepeatsCommonPrefix, bool NamesPrefixOfStartAfter, bool Echoes)
{
    /// <summary>Full pages without latency, and nothing optional.</summary>
    public static StoreBehavior Plain { get; } = new([1000], [0], [Failure.None], [1], TokenLength.Short, false, false, true);

    public override string ToString() =>
        $"PageSizes = [{string.Join(", ", PageSizes)}], EmptyPages = [{string.Join(", ", EmptyPages)}], "
        + $"Failures = [{string.Join(", ", Failures)}], Latencies = [{string.Join(", ", Latencies)}], Tokens = {Tokens}, "
        + $"RepeatsCommonPrefix = {RepeatsCommonPrefix}, NamesPrefixOfStartAfter = {NamesPrefixOfStartAfter}, Echoes = {Echoes}";
}

/// <summary>The outcome of a request, after the SDK's retries.</summary>
internal enum Failure
{
    None,

    /// <summary>503 SlowDown.</summary>
    Throttled,

    /// <summary>500 InternalError.</summary>
    ServerError,

    /// <summary>The connection breaks.</summary>
    Reset,

    /// <summary>403 AccessDenied.</summary>
    Denied,
}

internal enum TokenLength
{
    Short,
    Long,
}
