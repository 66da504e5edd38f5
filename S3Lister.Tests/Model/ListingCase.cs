namespace S3Lister.Tests.Model;

/// <summary>A bucket, a listing of it, and its store.</summary>
internal sealed record ListingCase(
    IReadOnlyList<ModelObject> Objects, string Prefix, string Delimiter, string StartAfter, ModelFilter Filter, int MaxKeys,
    Limits Limits, StoreBehavior Store, Follow Follow)
{
    public string Query =>
        $"prefix={Uri.EscapeDataString(Prefix)}&delimiter={Uri.EscapeDataString(Delimiter)}{Filter.Query}&max-keys={MaxKeys}";

    /// <summary>The expected entries of all pages, in order.</summary>
    public IReadOnlyList<NaiveListing.Entry> Expected(ModelStore store) =>
    [
        .. from entry in NaiveListing.Entries(Objects.Select(stored => stored.Key), Prefix, Delimiter, "")
           where StartAfter.Length == 0 || store.IsAfter(entry, StartAfter)
           where entry.IsCommonPrefix || Filter.Accepts(Objects.Single(stored => stored.Key == entry.Name), entry.Name[Prefix.Length..])
           select entry,
    ];

    public override string ToString() =>
        $"{ModelText.Keys(Objects)}, prefix \"{ModelText.Escape(Prefix)}\", delimiter \"{ModelText.Escape(Delimiter)}\", "
        + $"start-after \"{ModelText.Escape(StartAfter)}\", filter {Filter}, max-keys {MaxKeys}, follow {Follow}, {Limits}, {Store}";
}

/// <summary>How a caller reads a page and finds the next one.</summary>
internal enum Follow
{
    Token,
    Link,
    LinkOfNdjson,
}
