using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor Unsupported = new(
        "STANDIN001",
        "Not supported by the stand-in of Amazon.Lambda.Annotations",
        "The stand-in of Amazon.Lambda.Annotations cannot generate this: {0}",
        "StandIns",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor TemplateFailed = new(
        "STANDIN002",
        "The template cannot be written",
        "The functions cannot be written to the template: {0}",
        "StandIns",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);
}
