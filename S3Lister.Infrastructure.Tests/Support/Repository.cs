using System.Reflection;

namespace S3Lister.Infrastructure.Tests.Support;

/// <summary>The repository's files; the build writes into this assembly where they are.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>serverless.template and each companion stack, as paths in the repository.</summary>
    public static IReadOnlyList<string> Templates { get; } =
    [
        "serverless.template",
        .. Directory.EnumerateFiles(Path("infrastructure"), "*.template")
            .Select(file => $"infrastructure/{System.IO.Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    public static string Path(string file) => System.IO.Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(Path(file));
}
