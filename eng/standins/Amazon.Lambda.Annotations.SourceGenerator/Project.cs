using System.Collections.Immutable;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Everything that the sources and the template depend on. Compared by value.</summary>
internal sealed record Project(
    ImmutableArray<LambdaMethod> Functions,
    ImmutableArray<Problem> Problems,
    string? Startup,
    Assembly Assembly)
{
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
            .Concat(ProjectRules.Check(functions, startups, assembly));
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
}
