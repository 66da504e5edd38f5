using System.Collections.Immutable;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>All that is generated from. Compared by value.</summary>
internal sealed record Project(
    ImmutableArray<LambdaMethod> Functions,
    ImmutableArray<Problem> Problems,
    string? Startup,
    Assembly Assembly)
{
    private static readonly ImmutableHashSet<string> Runtimes =
        ["provided.al2", "provided.al2023", "dotnet8", "dotnet10"];

    public bool CanGenerate => Problems.IsEmpty && !Functions.IsEmpty && !Assembly.HasSyntaxErrors;

    public static Project Of(
        ImmutableArray<LambdaMethod> functions,
        ImmutableArray<LambdaMethod> routes,
        ImmutableArray<StartupClass> startups,
        Assembly assembly)
    {
        var problems = functions.Concat(routes).Select(method => method.Problem)
            .Concat(startups.Select(startup => startup.Problem))
            .OfType<Problem>()
            .ToList();
        if (!functions.IsEmpty)
        {
            problems.AddRange(Missing(startups, assembly).Select(message => new Problem(message, null)));
        }

        return new Project(
            functions, [.. problems.Distinct()], startups.Select(startup => startup.FullName).FirstOrDefault(), assembly);
    }

    public bool Equals(Project? other) =>
        other is not null
        && Functions.SequenceEqual(other.Functions)
        && Problems.SequenceEqual(other.Problems)
        && Startup == other.Startup
        && Assembly == other.Assembly;

    public override int GetHashCode() => (Functions.Length, Problems.Length, Startup, Assembly).GetHashCode();

    private static IEnumerable<string> Missing(ImmutableArray<StartupClass> startups, Assembly assembly)
    {
        if (startups.Length != 1)
        {
            yield return $"{startups.Length} classes with [LambdaStartup]; it needs exactly one";
        }

        if (assembly.Serializer is null)
        {
            yield return "an assembly without [assembly: LambdaSerializer(typeof(…))]";
        }

        if (!assembly.GenerateMain)
        {
            yield return "an assembly without [assembly: LambdaGlobalProperties(GenerateMain = true)]";
        }
        else if (!assembly.IsConsoleApplication)
        {
            yield return "GenerateMain in a project whose OutputType is not Exe";
        }

        if (assembly.Runtime is null || !Runtimes.Contains(assembly.Runtime))
        {
            yield return $"LambdaGlobalProperties with the Runtime '{assembly.Runtime}'; it is one of {string.Join(", ", Runtimes.OrderBy(name => name))}";
        }
    }
}
