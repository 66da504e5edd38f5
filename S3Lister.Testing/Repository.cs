using S3Lister.Local;

namespace S3Lister.Testing;

/// <summary>The files of the repository.</summary>
internal static class Repository
{
    public const string Readme = "README.md";
    public const string OpenApi = "docs/openapi.json";
    public const string Template = "serverless.template";

    public static string Root { get; } = System.IO.Path.GetDirectoryName(BuildOutput.Template)!;

    /// <summary>The pages of docs/.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. Directory.EnumerateFiles(Path("docs"), "*.md").Select(file => $"docs/{System.IO.Path.GetFileName(file)}").Order(),
    ];

    /// <summary><c>serverless.template</c> and each companion stack, as paths in the repository.</summary>
    public static IReadOnlyList<string> Templates { get; } =
    [
        Template,
        .. Directory.EnumerateFiles(Path("infrastructure"), "*.template")
            .Select(file => $"infrastructure/{System.IO.Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    public static string Path(string file) => System.IO.Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(Path(file));
}
