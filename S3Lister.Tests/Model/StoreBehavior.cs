namespace S3Lister.Tests.Model;

/// <summary>How a <see cref="ModelStore"/> responds, within what S3 allows. Each list is used over and over.</summary>
/// <param name="PageSizes">Entries of a page at most, by the place of its first entry: a page may be shorter than requested.</param>
/// <param name="EmptyPages">Empty, truncated pages before an entry, by the entry's place. Whoever lists from there gets them again.</param>
/// <param name="Failures">What becomes of the first, the second, … request.</param>
/// <param name="Latencies">Milliseconds that the first, the second, … response takes.</param>
/// <param name="Tokens">How long the continuation tokens are.</param>
/// <param name="RepeatsCommonPrefix">Whether a page begins with the common prefix that the page before ended with.</param>
/// <param name="NamesPrefixOfStartAfter">Whether the common prefix that <c>start-after</c> lies in is listed.</param>
/// <param name="Echoes">Whether a response says what was requested.</param>
internal sealed record StoreBehavior(
    IReadOnlyList<int> PageSizes, IReadOnlyList<int> EmptyPages, IReadOnlyList<Failure> Failures, IReadOnlyList<int> Latencies,
    TokenLength Tokens, bool RepeatsCommonPrefix, bool NamesPrefixOfStartAfter, bool Echoes)
{
    /// <summary>Full pages, at once, and nothing that is optional.</summary>
    public static StoreBehavior Plain { get; } = new([1000], [0], [Failure.None], [1], TokenLength.Short, false, false, true);

    public override string ToString() =>
        $"PageSizes = [{string.Join(", ", PageSizes)}], EmptyPages = [{string.Join(", ", EmptyPages)}], "
        + $"Failures = [{string.Join(", ", Failures)}], Latencies = [{string.Join(", ", Latencies)}], Tokens = {Tokens}, "
        + $"RepeatsCommonPrefix = {RepeatsCommonPrefix}, NamesPrefixOfStartAfter = {NamesPrefixOfStartAfter}, Echoes = {Echoes}";
}

/// <summary>What becomes of a request, after the SDK's retries.</summary>
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
