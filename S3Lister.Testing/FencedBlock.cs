namespace S3Lister.Testing;

/// <summary>A fenced block of a Markdown page: <c>```LANGUAGE NAME=VALUE …</c>.</summary>
internal sealed record FencedBlock(string File, int Line, string Language, IReadOnlyDictionary<string, string> Attributes, string Text)
{
    private const string Fence = "```";

    /// <summary>The blocks of the README and of docs/.</summary>
    public static IReadOnlyList<FencedBlock> All { get; } = [.. Repository.Pages.Prepend(Repository.Readme).SelectMany(Read)];

    public static FencedBlock At(string name) => All.Single(block => block.Name == name);

    public static TheoryData<string> Names(Func<FencedBlock, bool> wanted) => [.. All.Where(wanted).Select(block => block.Name)];

    /// <summary>The file and the line.</summary>
    public string Name => $"{File}:{Line}";

    public bool Is(string language, string attribute) => Language == language && Attributes.ContainsKey(attribute);

    private static IEnumerable<FencedBlock> Read(string file)
    {
        var lines = Repository.Read(file).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var start = i;
            var info = lines[i][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            while (lines[++i] != Fence)
            {
            }

            yield return new(
                file,
                start + 1,
                info.FirstOrDefault("none"),
                info.Skip(1).Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? ""),
                string.Join('\n', lines[(start + 1)..i]));
        }
    }
}
