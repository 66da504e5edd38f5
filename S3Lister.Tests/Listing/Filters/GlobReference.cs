using System.Text;

namespace S3Lister.Tests.Listing.Filters;

/// <summary>
/// A glob as a tree that writes its own pattern, for comparison with the automaton. It tries every alternative, and
/// shares neither the parser nor the matcher with the automaton.
/// </summary>
internal abstract record GlobReference(string Pattern)
{
    public bool Matches(string key)
    {
        Rune[] characters = [.. key.EnumerateRunes()];
        return Ends(characters, 0).Contains(characters.Length);
    }

    /// <summary>The positions where a match that starts at <paramref name="start"/> can end.</summary>
    public abstract HashSet<int> Ends(Rune[] key, int start);

    /// <summary>A text that probably matches.</summary>
    /// <param name="choose">Returns a number from zero to its argument, exclusive.</param>
    public abstract string Example(Func<int, int> choose);

    private static bool IsSlash(Rune character) => character == new Rune('/');

    /// <summary>One character.</summary>
    internal sealed record One(string Pattern, string Examples, Func<Rune, bool> Contains) : GlobReference(Pattern)
    {
        public static One Literal(string pattern, string character) => new(pattern, character, candidate => candidate.ToString() == character);

        public static One Class(string pattern, string examples, Func<Rune, bool> contains) =>
            new(pattern, examples, character => !IsSlash(character) && contains(character));

        public override HashSet<int> Ends(Rune[] key, int start) => start < key.Length && Contains(key[start]) ? [start + 1] : [];

        public override string Example(Func<int, int> choose)
        {
            Rune[] examples = [.. Examples.EnumerateRunes()];
            return examples[choose(examples.Length)].ToString();
        }
    }

    /// <summary><c>*</c> or <c>**</c>.</summary>
    internal sealed record Run(bool Slashes) : GlobReference(Slashes ? "**" : "*")
    {
        public override HashSet<int> Ends(Rune[] key, int start)
        {
            HashSet<int> ends = [start];
            for (var end = start; end < key.Length && (Slashes || !IsSlash(key[end])); end++)
            {
                ends.Add(end + 1);
            }

            return ends;
        }

        public override string Example(Func<int, int> choose) => (Slashes ? new[] { "", "a", "a/", "/é" } : ["", "a", "é", "ab"])[choose(4)];
    }

    /// <summary><c>**/</c></summary>
    internal sealed record Folders() : GlobReference("**/")
    {
        public override HashSet<int> Ends(Rune[] key, int start) =>
        [
            .. Enumerable.Range(start, key.Length - start).Where(at => IsSlash(key[at])).Select(at => at + 1),
            .. (int[])(start == 0 || IsSlash(key[start - 1]) ? [start] : []),
        ];

        public override string Example(Func<int, int> choose) => new[] { "", "a/", "a/b/", "/" }[choose(4)];
    }

    /// <summary><c>{a,b}</c></summary>
    internal sealed record Alternatives(IReadOnlyList<GlobReference> Of) : GlobReference($"{{{string.Join(',', Of.Select(one => one.Pattern))}}}")
    {
        public override HashSet<int> Ends(Rune[] key, int start) => [.. Of.SelectMany(one => one.Ends(key, start))];

        public override string Example(Func<int, int> choose) => Of[choose(Of.Count)].Example(choose);
    }

    /// <summary>A sequence.</summary>
    internal sealed record Sequence(IReadOnlyList<GlobReference> Items) : GlobReference(string.Concat(Items.Select(item => item.Pattern)))
    {
        public override HashSet<int> Ends(Rune[] key, int start) =>
            Items.Aggregate(new HashSet<int> { start }, (starts, item) => [.. starts.SelectMany(at => item.Ends(key, at))]);

        public override string Example(Func<int, int> choose) => string.Concat(Items.Select(item => item.Example(choose)));
    }
}
