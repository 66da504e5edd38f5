using System.Text.Json.Nodes;

namespace StandIns.Tests.Generation;

/// <summary>Every <c>after.template</c> was written by the official generator 2.3.0 from the same functions.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("new-file", false)]
    [InlineData("changed", true)]
    [InlineData("removed", true)]
    [InlineData("handwritten", true)]
    [InlineData("no-api", true)]
    [InlineData("role-parameter", false)]
    [InlineData("old-description", true)]
    public void Template_Is_What_The_Official_Generator_Writes(string name, bool suppressTelemetry)
    {
        using var project = new SampleProject(suppressTelemetry, Read(name, "before.template"));

        var (_, diagnostics) = project.Generate(SampleProject.Functions);

        Assert.Empty(diagnostics);
        Assert.Equal(Read(name, "after.template"), File.ReadAllText(project.TemplatePath));
    }

    [Theory]
    [InlineData("new-file", false)]
    [InlineData("changed", true)]
    [InlineData("handwritten", true)]
    [InlineData("role-parameter", false)]
    public void Template_Is_Not_Written_When_Nothing_Changes(string name, bool suppressTelemetry)
    {
        using var project = new SampleProject(suppressTelemetry, Read(name, "after.template"));
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(project.TemplatePath, longAgo);

        project.Generate(SampleProject.Functions);

        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(project.TemplatePath));
    }

    [Fact]
    public void Template_Gets_The_Present_Version_When_Description_Has_An_Older_One()
    {
        using var project = new SampleProject(suppressTelemetry: false, Read("old-description", "before.template"));

        project.Generate(SampleProject.Functions);

        Assert.Contains(
            "\"Lists. This template is partially managed by Amazon.Lambda.Annotations (v2.3.0.0). And more.\"",
            File.ReadAllText(project.TemplatePath),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Template_Changes_By_One_Line_When_The_Memory_Changes()
    {
        using var project = new SampleProject(template: Read("changed", "after.template"));

        project.Generate(SampleProject.Functions.Replace("MemorySize = 128", "MemorySize = 256", StringComparison.Ordinal));

        Assert.Equal(
            Read("changed", "after.template")!.Replace("\"MemorySize\": 128", "\"MemorySize\": 256", StringComparison.Ordinal),
            File.ReadAllText(project.TemplatePath));
    }

    [Theory]
    [InlineData("Policies = \"AWSLambdaBasicExecutionRole\"", """["AWSLambdaBasicExecutionRole"]""")]
    [InlineData("Role = \"arn:aws:iam::123456789012:role/r\", Policies = \"AWSLambdaBasicExecutionRole, @Reading\"", """["AWSLambdaBasicExecutionRole",{"Ref":"Reading"}]""")]
    public void Template_Has_The_Policies_And_No_Role_When_Both_Are_Given(string properties, string policies)
    {
        using var project = new SampleProject();

        var (_, diagnostics) = project.Generate(
            SampleProject.Functions.Replace("ResourceName = \"Health\"", $"ResourceName = \"Health\", {properties}", StringComparison.Ordinal));

        Assert.Empty(diagnostics);
        var health = JsonNode.Parse(File.ReadAllText(project.TemplatePath))!["Resources"]!["Health"]!["Properties"]!;
        Assert.Equal(policies, health["Policies"]!.ToJsonString());
        Assert.Null(health["Role"]);
    }

    [Fact]
    public void Template_Is_Left_Alone_When_The_Code_Does_Not_Parse()
    {
        using var project = new SampleProject();

        project.Generate(SampleProject.Functions + "class {");

        Assert.False(File.Exists(project.TemplatePath));
    }

    [Theory]
    [InlineData("AWSTemplateFormatVersion: '2010-09-09'", "is not JSON")]
    [InlineData("{ \"Resources\": ", "")]
    [InlineData("{ \"Resources\": [] }", "'Resources' in the template is not an object")]
    public void Template_That_Cannot_Be_Written_Is_An_Error(string template, string message)
    {
        using var project = new SampleProject(template: template);

        var (_, diagnostics) = project.Generate(SampleProject.Functions);

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("STANDIN002", diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(template, File.ReadAllText(project.TemplatePath));
    }

    private static string? Read(string name, string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Generation", "Templates", name, file);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }
}
