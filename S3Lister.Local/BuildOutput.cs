using System.Reflection;

namespace S3Lister.Local;

/// <summary>Where the solution's other parts are; the build writes it into this assembly.</summary>
internal static class BuildOutput
{
    public static string Function => Metadata("FunctionExecutable");

    public static string Template => Metadata("Template");

    private static string Metadata(string key) =>
        typeof(BuildOutput).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == key)?.Value
        ?? throw new LocalStackException($"This build does not know the {key}: name it with an option.");
}
