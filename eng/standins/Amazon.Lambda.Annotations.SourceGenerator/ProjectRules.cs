using System.Collections.Immutable;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>What a project must be: first for the official generator, then for the stand-in, which supports less.</summary>
internal static class ProjectRules
{
    // Lambda allows 128 characters, and drops the last of them: aws/aws-lambda-dotnet#1642.
    private const int MaxHandlerLength = 127;

    private static readonly ImmutableArray<string> Runtimes = ["provided.al2", "provided.al2023", "dotnet8", "dotnet10"];

    public static IEnumerable<Problem> Check(
        ImmutableArray<LambdaMethod> functions, ImmutableArray<StartupClass> startups, Assembly assembly) =>
        functions.IsEmpty
            ? assembly.GenerateMain ? [new Problem(Diagnostics.NoFunctions, assembly.Name, null)] : []
            : Official(functions, startups, assembly).Concat(
                Unsupported(startups, assembly).Select(message => new Problem(Diagnostics.Unsupported, message, null)));

    private static IEnumerable<Problem> Official(
        ImmutableArray<LambdaMethod> functions, ImmutableArray<StartupClass> startups, Assembly assembly)
    {
        if (startups.Length > 1)
        {
            foreach (var startup in startups)
            {
                yield return new Problem(Diagnostics.SeveralStartups, startup.FullName, startup.Place);
            }
        }

        if (assembly.Runtime is not null && !Runtimes.Contains(assembly.Runtime))
        {
            yield return new Problem(Diagnostics.InvalidRuntime, string.Join(", ", Runtimes), null);
        }

        foreach (var problem in OfMain(assembly).Concat(OfFunctions(functions, assembly)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<Problem> OfMain(Assembly assembly)
    {
        if (!assembly.GenerateMain)
        {
            yield break;
        }

        if (!assembly.IsConsoleApplication)
        {
            yield return new Problem(Diagnostics.NotExecutable, assembly.Name, null);
        }

        if (!assembly.HasRuntimeSupport)
        {
            yield return new Problem(Diagnostics.MissingPackage, "Amazon.Lambda.RuntimeSupport", null);
        }

        if (assembly.HasMain)
        {
            yield return new Problem(Diagnostics.MainExists, assembly.Name, null);
        }
    }

    private static IEnumerable<Problem> OfFunctions(ImmutableArray<LambdaMethod> functions, Assembly assembly)
    {
        HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            if (assembly.Serializer is null)
            {
                yield return new Problem(Diagnostics.MissingSerializer, $"{function.TypeName}.{function.Name}", function.Place);
            }

            if (assembly.Name.Length > MaxHandlerLength)
            {
                yield return new Problem(Diagnostics.HandlerTooLong, assembly.Name, function.Place);
            }

            if (!files.Add(function.GeneratedTypeName))
            {
                yield return new Problem(
                    Diagnostics.GeneratorFailed, $"two functions would be generated as {function.GeneratedTypeName}.g.cs", function.Place);
            }
        }
    }

    private static IEnumerable<string> Unsupported(ImmutableArray<StartupClass> startups, Assembly assembly)
    {
        if (startups.IsEmpty)
        {
            yield return "a project without a class with [LambdaStartup]";
        }

        if (!assembly.GenerateMain)
        {
            yield return "an assembly without [assembly: LambdaGlobalProperties(GenerateMain = true)]";
        }

        if (assembly.Runtime is null)
        {
            yield return "LambdaGlobalProperties without a Runtime";
        }
    }
}
