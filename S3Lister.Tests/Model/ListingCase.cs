namespace S3Lister.Tests.Model;

/// <summary>A bucket, a listing of it, and its store.</summary>
internal sealed record ListingCase(
    IReadOnlyList<ModelObject> Objects, string Prefix, string Delimiter, string StartAfter, string EndBefore, ModelFilter Filter, int MaxKeys,
    Limits Limits, StoreBehavior Store, Follow Follow)
{
    public string Query =>
        $"prefix={Uri.EscapeDataString(Prefix)}&delimiter={Uri.EscapeDataString(Delimiter)}&end-before={Uri.EscapeDataString(EndBefore)}"
        + $"{Filter.Query}&max-keys={MaxKeys}";

    /// <summary>Whether the end is inside a common prefix: after it, but before one of the keys that it could have.</summary>
    public bool IsRefused => NaiveListing.Entries([EndBefore], Prefix, Delimiter, "").Any(entry => entry.IsCommonPrefix && entry.Name != EndBefore);

    /// <summary>Whether the call needs no request, because no key can be in the range.</summary>
    public bool IsEmptyRange => EndBefore.Length > 0 && (IsPastEnd(Prefix) || IsPastEnd(StartAfter));

    /// <summary>Whether an entry of the store is at or after the end.</summary>
    public bool IsPastEnd(string name) => EndBefore.Length > 0 && NaiveListing.Utf8Order.Compare(name, EndBefore) >= 0;

    /// <summary>The expected entries of all pages, in order.</summary>
    public IReadOnlyList<NaiveListing.Entry> Expected(ModelStore store) =>
    [
        .. from entry in NaiveListing.Entries(Objects.Select(stored => stored.Key), Prefix, Delimiter, "")
           where StartAfter.Length == 0 || store.IsAfter(entry, StartAfter)
           where !IsEmptyRange && !IsPastEnd(entry.Name)
           where entry.IsCommonPrefix || Filter.Accepts(Objects.Single(stored => stored.Key == entry.Name), entry.Name[Prefix.Length..])
           select entry,
    ];

    public override string ToString() =>
        $"{ModelText.Keys(Objects)}, prefix \"{ModelText.Escape(Prefix)}\", delimiter \"{ModelText.Escape(Delimiter)}\", "
        + $"start-after \"{ModelText.Escape(StartAfter)}\", "
        + $"end-before \"{ModelText.Escape(EndBefore)}\", filter {Filter}, max-keys {MaxKeys}, follow {Follow}, {Limits}, {Store}";
}

/// <summary>How a caller reads a page and finds the next one.</summary>
internal enum Follow
{
    Token,
    Link,
    LinkOfNdjson,
}
