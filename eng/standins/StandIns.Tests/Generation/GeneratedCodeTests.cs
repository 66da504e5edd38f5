using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.CodeAnalysis;

namespace StandIns.Tests.Generation;

public sealed class GeneratedCodeTests
{
    [Fact]
    public async Task Handler_Returns_The_Result_Of_The_Function()
    {
        var handler = Handler(Load(SampleProject.Functions), "Sample.ListingFunctions_ListObjects_Generated");

        var first = await Call(handler);
        var second = await Call(handler);

        // One function object for all calls, as in the official handler.
        Assert.StartsWith("HttpApi V2 SampleSerializer: hello /objects 1", first, StringComparison.Ordinal);
        Assert.StartsWith("HttpApi V2 SampleSerializer: hello /objects 2", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_Throws_What_The_Function_Throws()
    {
        var handler = Handler(Load(SampleProject.Functions), "Sample.ListingFunctions_ListObjects_Generated");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Call(handler, "throw"));

        Assert.Equal("on purpose", exception.Message);
    }

    [Fact]
    public void Handler_Creates_The_Function_When_It_Is_Created()
    {
        var source = SampleProject.Functions.Replace(
            ".AddSingleton(_ => new Greeting(\"hello\"))",
            ".AddSingleton<Greeting>(_ => throw new InvalidOperationException(\"not configured\"))",
            StringComparison.Ordinal);
        var type = Load(source).GetType("Sample.ListingFunctions_Health_Generated", throwOnError: true)!;

        var exception = Assert.Throws<TargetInvocationException>(() => Activator.CreateInstance(type));

        Assert.Equal("not configured", exception.InnerException?.Message);
    }

    [Fact]
    public async Task Handler_Creates_A_Scope_For_Each_Request()
    {
        var source = SampleProject.Functions
            .Replace("AddScoped<Visit>()", "AddScoped<Visit>().AddScoped<ListingFunctions>()", StringComparison.Ordinal);
        var handler = Handler(Load(source), "Sample.ListingFunctions_ListObjects_Generated");

        var first = await Call(handler);
        var second = await Call(handler);

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("string", "string", "\"ok\"")]
    [InlineData("Sample.Greeting", "Sample.Greeting", "new(\"ok\")")]
    [InlineData("System.Text.Json.JsonElement", "int", "3")]
    public void Handler_Has_The_Types_Of_The_Function_When_It_Has_No_Route(string input, string output, string value)
    {
        var type = Load(WithoutRoute(input, output, value)).GetType("Sample.ListingFunctions_Health_Generated", throwOnError: true)!;

        var method = Assert.Single(type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        var task = method.Invoke(Activator.CreateInstance(type), [null, null]);

        Assert.Contains(output.Split('.')[^1], method.ReturnType.ToString().Replace("Int32", "int", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(task!.GetType().GetProperty("Result")!.GetValue(task));
    }

    [Fact]
    public void Generated_Code_Compiles_When_There_Is_No_Namespace()
    {
        var source = SampleProject.Functions
            .Replace("namespace Sample;", string.Empty, StringComparison.Ordinal)
            .Replace("typeof(Sample.SampleSerializer)", "typeof(SampleSerializer)", StringComparison.Ordinal);

        var assembly = Load(source);

        Assert.NotNull(assembly.GetType("ListingFunctions_Health_Generated"));
        Assert.NotNull(assembly.EntryPoint);
    }

    [Fact]
    public void Main_Runs_The_Function_That_The_Environment_Names()
    {
        const string Variable = "ANNOTATIONS_HANDLER";
        var main = Load(SampleProject.Functions).EntryPoint!;
        main.Invoke(null, [Array.Empty<string>()]);
        try
        {
            Environment.SetEnvironmentVariable(Variable, "Health");

            var exception = Assert.Throws<TargetInvocationException>(() => main.Invoke(null, [Array.Empty<string>()]));

            Assert.Contains("AWS_LAMBDA_RUNTIME_API is not set", exception.InnerException?.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    /// <summary>The functions, with one that an event starts and not a route.</summary>
    public static string WithoutRoute(string input, string output, string value)
    {
        const string Route = "[HttpApi(LambdaHttpMethod.Get, \"/health\")]\n";
        const string Method = "public Task<IHttpResult> Health(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>\n"
            + "        Task.FromResult<IHttpResult>(new TextResult(\"healthy\"));";
        var source = SampleProject.Functions.Replace(Route, "", StringComparison.Ordinal)
            .Replace(Method, $"public Task<{output}> Health({input} job, ILambdaContext context) => Task.FromResult<{output}>({value});", StringComparison.Ordinal);
        Assert.Contains(input + " job", source, StringComparison.Ordinal);
        return source;
    }

    private static Assembly Load(string source)
    {
        using var project = new SampleProject();
        var (compilation, diagnostics) = project.Generate(source);
        Assert.Empty(diagnostics);
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        image.Position = 0;
        return new AssemblyLoadContext(name: null, isCollectible: true).LoadFromStream(image);
    }

    private static Func<APIGatewayHttpApiV2ProxyRequest, Amazon.Lambda.Core.ILambdaContext, Task<Stream>> Handler(
        Assembly assembly,
        string name)
    {
        var type = assembly.GetType(name, throwOnError: true)!;
        var method = Assert.Single(type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        return method.CreateDelegate<Func<APIGatewayHttpApiV2ProxyRequest, Amazon.Lambda.Core.ILambdaContext, Task<Stream>>>(
            Activator.CreateInstance(type));
    }

    private static async Task<string> Call(
        Func<APIGatewayHttpApiV2ProxyRequest, Amazon.Lambda.Core.ILambdaContext, Task<Stream>> handler,
        string query = "")
    {
        await using var response = await handler(
            new APIGatewayHttpApiV2ProxyRequest { RawPath = "/objects", RawQueryString = query }, null!);
        using var reader = new StreamReader(response, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
