using Amazon.Lambda.Annotations.SourceGenerator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace StandIns.Tests.Generation;

/// <summary>A function project in a temporary folder: the sources in <c>Sample</c>, the template beside it.</summary>
internal sealed class SampleProject : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("StandIns.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    public SampleProject(string? template = null)
    {
        Directory.CreateDirectory(ProjectFolder);
        File.WriteAllText(Path.Combine(ProjectFolder, "aws-lambda-tools-defaults.json"), """{ "template": "../serverless.template" }""");
        if (template is not null)
        {
            File.WriteAllText(TemplatePath, template);
        }
    }

    /// <summary>The functions that the expected templates were generated from.</summary>
    public static string Functions { get; } = ReadFunctions();

    public string Folder { get; } = Directory.CreateTempSubdirectory("standins").FullName;

    public string TemplatePath => Path.Combine(Folder, "serverless.template");

    private string ProjectFolder => Path.Combine(Folder, "Sample");

    public static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "bootstrap",
        [CSharpSyntaxTree.ParseText($"{Usings}{source}", ParseOptions, "Functions.cs")],
        References,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    public GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new Generator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new Options(ProjectFolder + Path.DirectorySeparatorChar),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator; returns its diagnostics and the compilation with the generated sources.</summary>
    public (Compilation Compilation, IReadOnlyList<Diagnostic> Diagnostics) Generate(string source) => Generate(Compile(source));

    public (Compilation Compilation, IReadOnlyList<Diagnostic> Diagnostics) Generate(Compilation source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(
            source, out var compilation, out var diagnostics, TestContext.Current.CancellationToken);
        return (compilation, diagnostics);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // As ImplicitUsings in a real project.
    private const string Usings =
        "global using System; global using System.IO; global using System.Threading.Tasks;\n";

    private static string ReadFunctions()
    {
        using var reader = new StreamReader(typeof(SampleProject).Assembly.GetManifestResourceStream("Functions")!);
        return reader.ReadToEnd();
    }

    private sealed class Options(string projectDirectory) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(projectDirectory);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(string projectDirectory) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.ProjectDir" ? projectDirectory : null;
                return value is not null;
            }
        }
    }
}
