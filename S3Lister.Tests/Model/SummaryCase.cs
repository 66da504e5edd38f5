using S3Lister.Tests.Functions.Summary;

namespace S3Lister.Tests.Model;

/// <summary>A bucket, a summary of it, and its store.</summary>
internal sealed record SummaryCase(
    IReadOnlyList<ModelObject> Objects, string Prefix, string Delimiter, int Top, ModelFilter Filter, Limits Limits, StoreBehavior Store)
{
    public string Query =>
        $"prefix={Uri.EscapeDataString(Prefix)}&delimiter={Uri.EscapeDataString(Delimiter)}&top={Top}{Filter.Query}";

    /// <summary>Objects that must be listed, with or without a filter.</summary>
    public int Listed => Objects.Count(stored => stored.Key.StartsWith(Prefix, StringComparison.Ordinal));

    public PlainSummary Expected => PlainSummary.Of(
        from stored in Objects
        where stored.Key.StartsWith(Prefix, StringComparison.Ordinal) && Filter.Accepts(stored, stored.Key[Prefix.Length..])
        select stored.Stored,
        Prefix,
        Delimiter);

    public override string ToString() =>
        $"{ModelText.Keys(Objects)}, prefix \"{ModelText.Escape(Prefix)}\", delimiter \"{ModelText.Escape(Delimiter)}\", top {Top}, "
        + $"filter {Filter}, {Limits}, {Store}";
}
