using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StandIns.Tests.Generation;

public sealed class DiagnosticTests
{
    private const string Signature = "public Task<IHttpResult> Health(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)";

    [Theory]
    [InlineData(Signature, "public Task<IHttpResult> Health(string name, ILambdaContext context)", "parameters other than")]
    [InlineData(Signature, "public Task<IHttpResult> Health(APIGatewayHttpApiV2ProxyRequest request)", "parameters other than")]
    [InlineData(Signature, "public Task<IHttpResult> Health(in APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)", "parameters other than")]
    [InlineData("Health(APIGateway", "Health([System.ComponentModel.Description] APIGateway", "an attribute on a parameter")]
    [InlineData("public Task<IHttpResult> Health(", "public Task<string> Health(", "the return type 'System.Threading.Tasks.Task<string>'")]
    [InlineData("public Task<IHttpResult> Health(", "public ValueTask<IHttpResult> Health(", "the return type")]
    [InlineData("[HttpApi(LambdaHttpMethod.Get, \"/health\")]\n    public Task<IHttpResult> Health(", "public Task Health(", "the return type 'System.Threading.Tasks.Task' without [HttpApi]")]
    [InlineData("[HttpApi(LambdaHttpMethod.Get, \"/health\")]\n    public Task<IHttpResult> Health(APIGatewayHttpApiV2ProxyRequest request, ", "public Task<string> Health(", "parameters other than (an event, ILambdaContext)")]
    [InlineData("public Task<IHttpResult> Health(", "public static Task<IHttpResult> Health(", "not a public instance method")]
    [InlineData("public Task<IHttpResult> Health(", "internal Task<IHttpResult> Health(", "not a public instance method")]
    [InlineData("class ListingFunctions\n", "class ListingFunctions<T>\n", "generic, abstract or nested")]
    [InlineData("[LambdaStartup]", "", "a project without a class with [LambdaStartup]")]
    [InlineData("ConfigureServices(IServiceCollection", "Configure(IServiceCollection", "a startup class without")]
    [InlineData("GenerateMain = true, ", "", "GenerateMain = true")]
    [InlineData(", Runtime = \"provided.al2023\"", "", "without a Runtime")]
    public void Generator_Refuses_What_The_Stand_In_Does_Not_Support(string from, string to, string message)
    {
        var source = SampleProject.Functions.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(SampleProject.Functions, source);
        using var project = new SampleProject();

        var (compilation, diagnostics) = project.Generate(source);

        Assert.All(diagnostics, diagnostic => Assert.Equal((DiagnosticSeverity.Error, "STANDIN001"), (diagnostic.Severity, diagnostic.Id)));
        Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(null).Contains(message, StringComparison.Ordinal));
        Assert.Single(compilation.SyntaxTrees);
        Assert.False(File.Exists(project.TemplatePath));
    }

    [Theory]
    [InlineData("[HttpApi(LambdaHttpMethod.Get, \"/health\")]", "", "AWSLambda0105", "ListingFunctions.Health returns IHttpResult and has no [HttpApi]")]
    [InlineData("ResourceName = \"Health\"", "ResourceName = \"Health-Check\"", "AWSLambda0106", "The ResourceName of ListingFunctions.Health")]
    [InlineData("ResourceName = \"Health\"", "ResourceName = \"\"", "AWSLambda0106", "The ResourceName of ListingFunctions.Health")]
    [InlineData("ResourceName = \"Health\"", "ResourceName = \"Gesundheitsprüfung\"", "AWSLambda0106", "The ResourceName of ListingFunctions.Health")]
    [InlineData("\"/health\"", "\"/health/{part}\"", "AWSLambda0107", "The route /health/{part} of ListingFunctions.Health has variables that are not parameters of the method: part")]
    [InlineData("\"/health\"", "\"/{a}/{request}/{proxy+}\"", "AWSLambda0107", "not parameters of the method: a, proxy+")]
    [InlineData("[assembly: LambdaSerializer(typeof(Sample.SampleSerializer))]", "", "AWSLambda0108", "ListingFunctions.Health has no serializer")]
    [InlineData("provided.al2023", "dotnet6", "AWSLambda0112", "must be one of provided.al2, provided.al2023, dotnet8, dotnet10")]
    [InlineData("namespace Sample;", "namespace bootstrap;", "AWSLambda0114", "a static Main of its own")]
    [InlineData("public void ConfigureServices", "public void ConfigureHostBuilder() { } public void ConfigureServices", "AWSLambda0119", "Startup has ConfigureServices and ConfigureHostBuilder")]
    [InlineData("[LambdaFunction(ResourceName = \"Health\")]", "", "AWSLambda0129", "ListingFunctions.Health has [HttpApi] and no [LambdaFunction]")]
    [InlineData("public Task<IHttpResult> Health(", "public Task<IHttpResult> ListObjects(", "AWSLambda0001", "two functions would be generated as ListingFunctions_ListObjects_Generated.g.cs")]
    public void Generator_Refuses_What_The_Official_One_Refuses(string from, string to, string id, string message)
    {
        var source = SampleProject.Functions.Replace(from, to, StringComparison.Ordinal)
            .Replace("Sample.SampleSerializer", to == "namespace bootstrap;" ? "bootstrap.SampleSerializer" : "Sample.SampleSerializer", StringComparison.Ordinal);
        source += id switch
        {
            "AWSLambda0114" => "public static class Own { public static void Main(string[] args) { } }",
            "AWSLambda0001" => "public sealed class Other;",
            _ => "",
        };

        AssertRefused(SampleProject.Compile(source), id, message);
    }

    [Fact]
    public void Generator_Refuses_Several_Startup_Classes_At_Each()
    {
        using var project = new SampleProject();

        var (_, diagnostics) = project.Generate($$"""
            {{SampleProject.Functions}}
            [LambdaStartup]
            public sealed class SecondStartup
            {
                public void ConfigureServices(IServiceCollection services) { }
            }
            """);

        Assert.Equal(["AWSLambda0101", "AWSLambda0101"], diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(2, diagnostics.Select(diagnostic => diagnostic.Location.GetLineSpan()).Distinct().Count());
    }

    [Fact]
    public void Generator_Refuses_Main_Without_Functions_Package_Or_Executable()
    {
        var functions = SampleProject.Compile(SampleProject.Functions);

        AssertRefused(
            SampleProject.Compile("[assembly: Amazon.Lambda.Annotations.LambdaGlobalProperties(GenerateMain = true, Runtime = \"dotnet10\")]"),
            "AWSLambda0113",
            "bootstrap has GenerateMain = true, and no method has [LambdaFunction]");
        AssertRefused(
            functions.WithReferences(functions.References.Where(reference => !reference.Display!.Contains("Amazon.Lambda.RuntimeSupport", StringComparison.Ordinal))),
            "AWSLambda0104",
            "Amazon.Lambda.RuntimeSupport");
        AssertRefused(
            functions.WithOptions(functions.Options.WithOutputKind(OutputKind.DynamicallyLinkedLibrary)),
            "AWSLambda0111",
            "the OutputType of the project is not Exe");
    }

    [Theory]
    [InlineData(127, false)]
    [InlineData(128, true)]
    public void Generator_Refuses_A_Handler_Of_More_Than_127_Characters(int length, bool isRefused)
    {
        using var project = new SampleProject();
        var compilation = SampleProject.Compile(SampleProject.Functions).WithAssemblyName(new string('a', length));

        var (_, diagnostics) = project.Generate(compilation);

        Assert.Equal(isRefused ? ["AWSLambda0118", "AWSLambda0118"] : [], diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Generator_Accepts_A_Route_Variable_That_Is_A_Parameter()
    {
        using var project = new SampleProject();

        var (_, diagnostics) = project.Generate(
            SampleProject.Functions.Replace("\"/health\"", "\"/health/{request}\"", StringComparison.Ordinal));

        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Diagnostic_Is_At_The_Method()
    {
        using var project = new SampleProject();

        var (_, diagnostics) = project.Generate(
            SampleProject.Functions.Replace("public Task<IHttpResult> Health(", "internal Task<IHttpResult> Health(", StringComparison.Ordinal));

        var span = Assert.Single(diagnostics).Location.GetLineSpan();
        Assert.Equal("Functions.cs", span.Path);
        Assert.Contains("internal Task<IHttpResult> Health(", Line(span.StartLinePosition.Line), StringComparison.Ordinal);

        static string Line(int number) => SampleProject.Functions
            .Replace("public Task<IHttpResult> Health(", "internal Task<IHttpResult> Health(", StringComparison.Ordinal)
            .Split('\n')[number - 1];
    }

    [Fact]
    public void Generator_Reports_Nothing_When_A_Project_Has_No_Functions()
    {
        using var project = new SampleProject();

        var (compilation, diagnostics) = project.Generate("class Program { static void Main() { } }");

        Assert.Empty(diagnostics);
        Assert.Single(compilation.SyntaxTrees);
        Assert.False(File.Exists(project.TemplatePath));
    }

    private static void AssertRefused(CSharpCompilation compilation, string id, string message)
    {
        using var project = new SampleProject();

        var (generated, diagnostics) = project.Generate(compilation);

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.Equal((DiagnosticSeverity.Error, id), (diagnostic.Severity, diagnostic.Id)));
        Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(null).Contains(message, StringComparison.Ordinal));
        Assert.Single(generated.SyntaxTrees);
        Assert.False(File.Exists(project.TemplatePath));
    }
}
