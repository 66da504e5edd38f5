using System.Text.Json.Nodes;

namespace StandIns.Tests.Generation;

/// <summary>Every <c>after.template</c> was written by the official generator 2.3.0 from the same functions.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    [InlineData("handwritten")]
    [InlineData("no-api")]
    public void Template_Is_What_The_Official_Generator_Writes(string name)
    {
        using var project = new SampleProject(Read(name, "before.template"));

        var (_, diagnostics) = project.Generate(SampleProject.Functions);

        Assert.Empty(diagnostics);
        Assert.Equal(Read(name, "after.template"), File.ReadAllText(project.TemplatePath));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("handwritten")]
    public void Template_Is_Not_Written_When_Nothing_Changes(string name)
    {
        using var project = new SampleProject(Read(name, "after.template"));
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(project.TemplatePath, longAgo);

        project.Generate(SampleProject.Functions);

        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(project.TemplatePath));
    }

    [Fact]
    public void Template_Changes_By_One_Line_When_The_Memory_Changes()
    {
        using var project = new SampleProject(Read("changed", "after.template"));

        project.Generate(SampleProject.Functions.Replace("MemorySize = 128", "MemorySize = 256", StringComparison.Ordinal));

        Assert.Equal(
            Read("changed", "after.template")!.Replace("\"MemorySize\": 128", "\"MemorySize\": 256", StringComparison.Ordinal),
            File.ReadAllText(project.TemplatePath));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("no-api")]
    public void Function_Has_No_Event_When_It_Has_No_Route(string before)
    {
        using var project = new SampleProject(Read(before, "after.template"));

        var (_, diagnostics) = project.Generate(GeneratedCodeTests.WithoutRoute("string", "string", "\"ok\""));

        Assert.Empty(diagnostics);
        var health = JsonNode.Parse(File.ReadAllText(project.TemplatePath))!["Resources"]!["Health"]!;
        Assert.Equal("""{"Tool":"Amazon.Lambda.Annotations"}""", health["Metadata"]!.ToJsonString());
        Assert.DoesNotContain("RootGet", health.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Health", (string?)health["Properties"]!["Environment"]!["Variables"]!["ANNOTATIONS_HANDLER"]);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/r", "\"arn:aws:iam::123456789012:role/r\"")]
    [InlineData("@HealthRole", """{"Fn::GetAtt":["HealthRole","Arn"]}""")]
    [InlineData("@RoleParameter", """{"Ref":"RoleParameter"}""")]
    public void Role_Is_An_Arn_A_Resource_Or_A_Parameter(string role, string expected)
    {
        using var project = new SampleProject("""{ "Parameters": { "RoleParameter": { "Type": "String" } } }""");

        var (_, diagnostics) = project.Generate(
            SampleProject.Functions.Replace("ResourceName = \"Health\"", $"ResourceName = \"Health\", Role = \"{role}\"", StringComparison.Ordinal));

        Assert.Empty(diagnostics);
        var health = JsonNode.Parse(File.ReadAllText(project.TemplatePath))!["Resources"]!["Health"]!["Properties"]!;
        Assert.Equal(expected, health["Role"]!.ToJsonString());
    }

    [Fact]
    public void Template_Is_Not_Written_When_The_Code_Does_Not_Parse()
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
        using var project = new SampleProject(template);

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
