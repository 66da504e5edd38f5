using Microsoft.CodeAnalysis;

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
    [InlineData("public Task<IHttpResult> Health(", "public static Task<IHttpResult> Health(", "not a public instance method")]
    [InlineData("public Task<IHttpResult> Health(", "internal Task<IHttpResult> Health(", "not a public instance method")]
    [InlineData("class ListingFunctions\n", "class ListingFunctions<T>\n", "generic, abstract or nested")]
    [InlineData("[HttpApi(LambdaHttpMethod.Get, \"/health\")]", "", "[LambdaFunction] on a method without [HttpApi] (ListingFunctions.Health)")]
    [InlineData("[LambdaFunction(ResourceName = \"Health\")]", "", "[HttpApi] on a method without [LambdaFunction]")]
    [InlineData("[LambdaStartup]", "", "0 classes with [LambdaStartup]")]
    [InlineData("ConfigureServices(IServiceCollection", "Configure(IServiceCollection", "a startup class without")]
    [InlineData("[assembly: LambdaSerializer(typeof(Sample.SampleSerializer))]", "", "without [assembly: LambdaSerializer")]
    [InlineData("GenerateMain = true, ", "", "GenerateMain = true")]
    [InlineData("provided.al2023", "dotnet6", "the Runtime 'dotnet6'")]
    public void Generator_Says_No_When_The_Stand_In_Does_Not_Do_It(string from, string to, string message)
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

    [Fact]
    public void Generator_Points_At_The_Method()
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
    public void Generator_Says_Nothing_When_A_Project_Has_No_Functions()
    {
        using var project = new SampleProject();

        var (compilation, diagnostics) = project.Generate("class Program { static void Main() { } }");

        Assert.Empty(diagnostics);
        Assert.Single(compilation.SyntaxTrees);
        Assert.False(File.Exists(project.TemplatePath));
    }
}
