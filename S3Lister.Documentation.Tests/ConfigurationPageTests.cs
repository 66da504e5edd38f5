using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Pipeline;

namespace S3Lister.Documentation.Tests;

/// <summary>Compares the tables and examples of docs/configuration.md with the code and the template.</summary>
public sealed partial class ConfigurationPageTests
{
    private const string Page = "docs/configuration.md";

    private static readonly JsonElement Template = JsonElement.Parse(Repository.Read(Repository.Template));

    private static readonly IReadOnlyList<string[]> Settings = Table.Read(Page, "variable");

    public static TheoryData<string> Examples => FencedBlock.Names(block => block.Is("json", "setting"));

    [Fact]
    public void Variables_Are_Those_That_The_Functions_Read()
    {
        HashSet<string> read = [];
        new ListerEnvironment(name =>
        {
            read.Add(name);
            return null;
        }).ReadUnvalidated();

        Assert.Equal(read.Order(StringComparer.Ordinal), Settings.Select(row => Assert.Single(Table.Code(row[0]))).Order(StringComparer.Ordinal));
    }

    /// <summary>A documented default in backticks, or a number, is the value itself. Words mean that there is no such value.</summary>
    [Fact]
    public void Defaults_Are_Those_Of_The_Options()
    {
        ListerOptions options = new();
        foreach (var row in Settings)
        {
            var name = Table.Code(row[0]).Single()["S3LISTER_".Length..].Replace("_", "", StringComparison.Ordinal);
            var property = typeof(ListerOptions).GetProperties().Single(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var documented = row[3].Trim('`');
            switch (property.GetValue(options))
            {
                case bool flag:
                    Assert.Equal((name, flag ? "true" : "false"), (name, documented));
                    break;
                case int number:
                    Assert.Equal((name, number.ToString(CultureInfo.InvariantCulture)), (name, documented));
                    break;
                case string text:
                    Assert.Equal((name, text.Length == 0 ? "required" : text), (name, documented));
                    break;
                default:
                    Assert.Empty(Table.Code(row[3]));
                    break;
            }
        }

        Assert.Equal(["*"], options.Grants.Select(grant => grant.Principal));
        Assert.Equal([""], options.Grants.Single().Prefixes);
    }

    [Theory]
    [InlineData(ListerEnvironment.ScanBudget, "ScanBudget")]
    [InlineData(ListerEnvironment.RequestBudget, "RequestBudget")]
    public void Bounds_Are_Those_Of_The_Code_And_Of_The_Template(string variable, string name)
    {
        var bounds = Bounds().Match(Settings.Single(row => row[0].Contains(variable, StringComparison.Ordinal))[2]);
        int[] edges = [int.Parse(bounds.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(bounds.Groups[2].Value, CultureInfo.InvariantCulture)];
        var parameter = Template.GetProperty("Parameters").GetProperty(name);

        Assert.Equal((edges[0], edges[1]), (parameter.GetProperty("MinValue").GetInt32(), parameter.GetProperty("MaxValue").GetInt32()));
        Assert.All(edges, edge => Assert.True(Takes(edge)));
        Assert.False(Takes(edges[0] - 1) || Takes(edges[1] + 1));

        bool Takes(int budget)
        {
            ListerOptions options = new() { Bucket = "a-bucket" };
            typeof(ListerOptions).GetProperty(name)!.SetValue(options, budget);
            return ListerOptionsValidator.Validate(options).Count == 0;
        }
    }

    [Fact]
    public void Parameters_Are_Those_Of_The_Template_And_Set_The_Variables()
    {
        var variables = Template.GetProperty("Globals").GetProperty("Function").GetProperty("Environment").GetProperty("Variables")
            .EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetRawText());
        var settings = Settings.Where(row => row[1].Length > 0).ToDictionary(row => Table.Code(row[0]).Single(), row => Table.Code(row[1]).Single());
        var constants = Table.Read(Page, "variable of .NET").Concat(Table.Read(Page, "variable of a deployment"))
            .ToDictionary(row => Table.Code(row[0]).Single(), row => Table.Code(row[1]).Single());
        var others = Table.Read(Page, "parameter");

        Assert.All(constants, setting => Assert.Equal($"\"{setting.Value}\"", variables[setting.Key]));
        Assert.Equal(variables.Keys.Order(StringComparer.Ordinal), settings.Keys.Concat(constants.Keys).Order(StringComparer.Ordinal));
        Assert.All(settings, setting => Assert.Contains($"\"Ref\": \"{setting.Value}\"", variables[setting.Key], StringComparison.Ordinal));
        Assert.Equal(
            Template.GetProperty("Parameters").EnumerateObject().Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
            settings.Values.Concat(others.Select(row => Table.Code(row[0]).Single())).Order(StringComparer.Ordinal));
    }

    /// <summary>The template's default is that of the option, or empty, which the functions treat as not set.</summary>
    [Fact]
    public void Defaults_Of_The_Template_Are_The_Documented_Ones()
    {
        var parameters = Template.GetProperty("Parameters");
        foreach (var row in Settings.Where(row => row[1].Length > 0 && row[3] != "required"))
        {
            var value = parameters.GetProperty(Table.Code(row[1]).Single()).GetProperty("Default").ToString();
            Assert.True(value.Length == 0 || value == row[3].Trim('`'), $"{row[0]}: {value}");
        }

        foreach (var row in Table.Read(Page, "parameter"))
        {
            var parameter = parameters.GetProperty(Table.Code(row[0]).Single());
            // Words describe an empty default.
            Assert.Equal(parameter.GetProperty("Default").ToString(), Table.Code(row[2]).SingleOrDefault(""));
            if (parameter.TryGetProperty("AllowedValues", out var allowed))
            {
                Assert.All(Table.Code(row[1]), value => Assert.Contains(value, allowed.EnumerateArray().Select(item => item.ToString())));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Of_A_Setting_Is_Accepted(string example)
    {
        var block = FencedBlock.At(example);
        var options = new ListerEnvironment(
            name => name == block.Attributes["setting"] ? block.Text : name == ListerEnvironment.Bucket ? "a-bucket" : null).Read();

        Assert.NotEqual(new ListerOptions().Grants.Select(grant => grant.Principal), options.Grants.Select(grant => grant.Principal));
    }

    [Fact]
    public async Task Metrics_Are_Those_Of_The_Code()
    {
        var s3 = new S3Double().Responds([]);
        await s3.GetObjectsAsync();
        var record = JsonElement.Parse(Encoding.UTF8.GetString(s3.Metrics.ToArray()));
        var directive = record.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
        var text = Repository.Read(Page);

        Assert.Equal(
            directive.GetProperty("Metrics").EnumerateArray()
                .Select(metric => (metric.GetProperty("Name").GetString()!, metric.GetProperty("Unit").GetString()!)),
            Table.Read(Page, "metric").Select(row => (Table.Code(row[0]).Single(), row[1])));
        Assert.Contains($"namespace `{MetricsLog.Namespace}`", text, StringComparison.Ordinal);
        Assert.Contains($"dimension `{directive.GetProperty("Dimensions")[0][0].GetString()}`", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(\d+) to (\d+)")]
    private static partial Regex Bounds();
}
