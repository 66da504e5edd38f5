namespace S3Lister.Listing.Filters;

/// <summary>
/// Creates the positions of a glob from its end to its start, because each position needs its followers. Every method adds
/// a part of the pattern: it receives what follows the part, and returns what the part starts with.
/// </summary>
internal sealed class GlobBuilder
{
    private readonly List<GlobPosition> _positions = [];

    public static GlobNext End { get; } = GlobNext.Always(new GlobSet(default, End: true));

    public GlobNext One(GlobCharacters characters, GlobNext next) =>
        GlobNext.Always(Add(characters, characters is { Slash: true } ? next.AfterSlash : next.Otherwise));

    /// <summary>Any number of the given characters.</summary>
    /// <remarks>
    /// After a slash that <c>**</c> matches, a <c>**/</c> that follows is not left out: it can match that slash as well.
    /// </remarks>
    public GlobNext Run(GlobCharacters characters, GlobNext next) => next | Repeat(characters, next.Otherwise);

    /// <summary>Any text that ends with a slash or, at the start of a segment, no text.</summary>
    public GlobNext Folders(GlobNext next)
    {
        var slash = Add(GlobCharacters.One('/'), next.AfterSlash);
        var folders = slash | Repeat(GlobCharacters.Any, slash);
        return new(folders | next.AfterSlash, folders);
    }

    public GlobTables Build(GlobNext start) => new(_positions, start.AfterSlash);

    private GlobSet Repeat(GlobCharacters characters, GlobSet followers) => Add(characters, followers | GlobSet.Of(_positions.Count));

    private GlobSet Add(GlobCharacters characters, GlobSet followers)
    {
        _positions.Add(new(characters, followers));
        return GlobSet.Of(_positions.Count - 1);
    }
}

/// <summary>The positions that may match the next character.</summary>
/// <param name="AfterSlash">At the start of the key or after a slash, where <c>**/</c> may match nothing.</param>
/// <param name="Otherwise">After any other character.</param>
internal readonly record struct GlobNext(GlobSet AfterSlash, GlobSet Otherwise)
{
    public static GlobNext operator |(GlobNext left, GlobNext right) => new(left.AfterSlash | right.AfterSlash, left.Otherwise | right.Otherwise);

    public static GlobNext operator |(GlobNext left, GlobSet right) => left | Always(right);

    public static GlobNext Always(GlobSet set) => new(set, set);
}
