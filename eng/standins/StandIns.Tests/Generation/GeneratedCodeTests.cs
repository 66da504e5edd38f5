using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.CodeAnalysis;

namespace StandIns.Tests.Generation;

public sealed class GeneratedCodeTests
{
    [Fact]
    public async Task Handler_Answers_With_The_Result_Of_The_Function()
    {
        var handler = Handler(Load(SampleProject.Functions), "Sample.ListingFunctions_ListObjects_Generated");

        var first = await Call(handler);
        var second = await Call(handler);

        // One function object for all calls, as the official handler has.
        Assert.StartsWith("HttpApi V2 SampleSerializer: hello /objects 1", first, StringComparison.Ordinal);
        Assert.StartsWith("HttpApi V2 SampleSerializer: hello /objects 2", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_Lets_The_Exception_Of_The_Function_Through()
    {
        var handler = Handler(Load(SampleProject.Functions), "Sample.ListingFunctions_ListObjects_Generated");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Call(handler, "throw"));

        Assert.Equal("on purpose", exception.Message);
    }

    [Fact]
    public void Handler_Builds_The_Function_When_It_Is_Built()
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
    public async Task Handler_Gives_Every_Request_A_Scope_Of_Its_Own()
    {
        var source = SampleProject.Functions
            .Replace("AddScoped<Visit>()", "AddScoped<Visit>().AddScoped<ListingFunctions>()", StringComparison.Ordinal);
        var handler = Handler(Load(source), "Sample.ListingFunctions_ListObjects_Generated");

        var first = await Call(handler);
        var second = await Call(handler);

        Assert.Equal(first, second);
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
        var log = new LogWriter(TextWriter.Null, new LogSettings(LogFormat.Text, default), TimeProvider.System);
        using var invocation = new Invocation("request", new MemoryStream());
        await using var response = await handler(
            new APIGatewayHttpApiV2ProxyRequest { RawPath = "/objects", RawQueryString = query },
            new LambdaContext(invocation, log, null));
        using var reader = new StreamReader(response, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
