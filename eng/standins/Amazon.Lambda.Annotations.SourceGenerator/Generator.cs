using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// From the annotated methods: a handler class for each, <c>GeneratedProgram</c>, and the functions in
/// <c>serverless.template</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class Generator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var functions = Methods(context, ModelReader.FunctionAttribute);

        // Those without [LambdaFunction], to report them; the others are in the list above.
        var routes = Methods(context, ModelReader.HttpApiAttribute)
            .Where(method => method.Problem is not null);
        var startups = context.SyntaxProvider.ForAttributeWithMetadataName(
            ModelReader.StartupAttribute,
            (node, _) => node is ClassDeclarationSyntax,
            (found, _) => ModelReader.ReadStartup((INamedTypeSymbol)found.TargetSymbol));
        var assembly = context.CompilationProvider.Select(ModelReader.ReadAssembly);

        var project = functions.Collect().Combine(routes.Collect()).Combine(startups.Collect()).Combine(assembly)
            .Select((found, _) => Project.Of(
                found.Left.Left.Left, found.Left.Left.Right, found.Left.Right, found.Right));

        context.RegisterSourceOutput(project, WriteSources);

        // An implementation output runs in the compiler, and not in an editor at each key.
        context.RegisterImplementationSourceOutput(
            project.Combine(context.AnalyzerConfigOptionsProvider.Select(ProjectDirectory)), WriteTemplate);
    }

    private static IncrementalValuesProvider<LambdaMethod> Methods(
        IncrementalGeneratorInitializationContext context,
        string attribute) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            (node, _) => node is MethodDeclarationSyntax,
            (found, _) => ModelReader.ReadMethod((IMethodSymbol)found.TargetSymbol));

    private static string? ProjectDirectory(AnalyzerConfigOptionsProvider options, CancellationToken _) =>
        options.GlobalOptions.TryGetValue("build_property.ProjectDir", out var directory) ? directory : null;

    private static void WriteSources(SourceProductionContext context, Project project)
    {
        foreach (var problem in project.Problems)
        {
            context.ReportDiagnostic(problem.ToDiagnostic());
        }

        if (!project.CanGenerate)
        {
            return;
        }

        foreach (var function in project.Functions)
        {
            Add(function.GeneratedTypeName, SourceWriter.Handler(function, project.Startup!, project.Assembly.Serializer!));
        }

        Add("Program", SourceWriter.Program(project.Functions, project.Assembly.Serializer!));

        void Add(string name, string source) => context.AddSource($"{name}.g.cs", SourceText.From(source, Encoding.UTF8));
    }

    private static void WriteTemplate(SourceProductionContext context, (Project Project, string? Directory) found)
    {
        if (!found.Project.CanGenerate || string.IsNullOrEmpty(found.Directory))
        {
            return;
        }

        try
        {
            TemplateFile.Synchronize(found.Directory!, found.Project);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Newtonsoft.Json.JsonException
            or InvalidDataException or InvalidOperationException)
        {
            context.ReportDiagnostic(Diagnostic.Create(Diagnostics.TemplateFailed, Location.None, e.Message));
        }
    }
}
