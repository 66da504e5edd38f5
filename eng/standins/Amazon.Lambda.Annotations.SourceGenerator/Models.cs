using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// A [LambdaFunction] method, or why it cannot be one. Compared by value: when it is equal, nothing is generated again. Event is
/// the type of its first parameter, and Result what it returns if it has no route; null if it has one.
/// </summary>
internal sealed record LambdaMethod(
    string Namespace,
    string TypeName,
    string Name,
    string ResourceName,
    uint Timeout,
    uint MemorySize,
    string? Role,
    string Event,
    string? Result,
    string HttpMethod,
    string Path,
    Place? Place,
    Problem? Problem)
{
    public string GeneratedTypeName => $"{TypeName}_{Name}_Generated";

    public string FullTypeName => Namespace.Length == 0 ? TypeName : $"{Namespace}.{TypeName}";

    public string FullGeneratedTypeName =>
        Namespace.Length == 0 ? GeneratedTypeName : $"{Namespace}.{GeneratedTypeName}";
}

/// <summary>A [LambdaStartup] class, or why it cannot be one.</summary>
internal sealed record StartupClass(string FullName, Place? Place, Problem? Problem);

/// <summary>What applies to all functions of the compilation.</summary>
internal sealed record Assembly(
    string Name,
    bool HasSyntaxErrors,
    bool IsConsoleApplication,
    bool GenerateMain,
    string? Runtime,
    string? Serializer,
    bool HasMain,
    bool HasRuntimeSupport);

/// <summary>Something that the stand-in does not support, or that the official generator refuses too.</summary>
internal sealed record Problem(DiagnosticDescriptor Rule, string Detail, Place? Place)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Place?.ToLocation() ?? Location.None, Detail);
}

/// <summary>A location that keeps no syntax tree alive.</summary>
internal sealed record Place(string File, TextSpan Span, LinePositionSpan Lines)
{
    public static Place? Of(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource) is { SourceTree: { } tree } location
            ? new Place(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
            : null;

    public Location ToLocation() => Location.Create(File, Span, Lines);
}
