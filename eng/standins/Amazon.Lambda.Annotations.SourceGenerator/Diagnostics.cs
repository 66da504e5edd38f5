using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// The errors of the generator. <c>AWSLambda…</c> are the identifiers of the official generator, which refuses the same;
/// <c>STANDIN…</c> are for what only the stand-in does not support.
/// </summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor GeneratorFailed = Official(
        "AWSLambda0001", "The generator fails", "The official generator fails here: {0}");

    public static readonly DiagnosticDescriptor SeveralStartups = Official(
        "AWSLambda0101", "Several startup classes", "{0} has [LambdaStartup] and another class has it too; there may be one only");

    public static readonly DiagnosticDescriptor MissingPackage = Official(
        "AWSLambda0104", "A package is missing", "The project needs a reference to the package {0}");

    public static readonly DiagnosticDescriptor HttpResultWithoutApi = Official(
        "AWSLambda0105", "IHttpResult without an API", "{0} returns IHttpResult and has no [HttpApi]");

    public static readonly DiagnosticDescriptor InvalidResourceName = Official(
        "AWSLambda0106", "Invalid resource name", "The ResourceName of {0} must consist of letters and digits of ASCII, and of at least one");

    public static readonly DiagnosticDescriptor InvalidRoute = Official(
        "AWSLambda0107", "Invalid route", "The route {0}");

    public static readonly DiagnosticDescriptor MissingSerializer = Official(
        "AWSLambda0108", "No serializer", "{0} has no serializer; add [assembly: LambdaSerializer(typeof(…))]");

    public static readonly DiagnosticDescriptor NotExecutable = Official(
        "AWSLambda0111", "Not an executable", "{0} has GenerateMain = true, and the OutputType of the project is not Exe");

    public static readonly DiagnosticDescriptor InvalidRuntime = Official(
        "AWSLambda0112", "Invalid runtime", "The Runtime of [assembly: LambdaGlobalProperties] must be one of {0}");

    public static readonly DiagnosticDescriptor NoFunctions = Official(
        "AWSLambda0113", "No functions", "{0} has GenerateMain = true, and no method has [LambdaFunction]");

    public static readonly DiagnosticDescriptor MainExists = Official(
        "AWSLambda0114", "Main exists", "{0} has GenerateMain = true, and the project has a static Main of its own");

    public static readonly DiagnosticDescriptor HandlerTooLong = Official(
        "AWSLambda0118", "Handler too long", "The handler of a function, here the assembly's name {0}, may have 127 characters at most");

    public static readonly DiagnosticDescriptor SeveralConfigureMethods = Official(
        "AWSLambda0119", "Two configure methods", "{0} has ConfigureServices and ConfigureHostBuilder; it may have one of them");

    public static readonly DiagnosticDescriptor MissingLambdaFunction = Official(
        "AWSLambda0129", "No [LambdaFunction]", "{0} has [HttpApi] and no [LambdaFunction]");

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

    private static DiagnosticDescriptor Official(string id, string title, string format) =>
        new(id, title, format, "AWSLambdaCSharpGenerator", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
