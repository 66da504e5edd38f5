using System.Text.Json;
using System.Text.RegularExpressions;
using S3Lister.Documentation.Tests.OpenApi;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;

namespace S3Lister.Documentation.Tests;

/// <summary>Compares the tables of docs/api.md with the code and with docs/openapi.json.</summary>
public sealed partial class ApiPageTests
{
    private const string Page = "docs/api.md";

    [Fact]
    public void Parameters_Are_Those_Of_The_Code() =>
        Assert.Equal(
            ListObjectsBinder.Parameters.ToArray(),
            Table.Read(Page, "query").SelectMany(row => Table.Code(row[0])));

    [Fact]
    public void Parameters_Of_A_Summary_Are_Those_Of_The_Code() =>
        Assert.Equal(
            SummaryBinder.Parameters.ToArray(),
            Table.Read(Page, "parameter").SelectMany(row => Table.Code(row[0])));

    [Fact]
    public void Fields_Of_A_Summary_Are_Those_Of_The_Document() =>
        Assert.Equal(
            OpenApiNode.Schemas["Summary"]["properties"].Names.Order(StringComparer.Ordinal),
            Table.Read(Page, "field", "of a summary").Concat(Table.Read(Page, "field", "of a summary that is broken down"))
                .SelectMany(row => Table.Code(row[0])).Order(StringComparer.Ordinal));

    [Fact]
    public void Fields_Of_A_Page_Are_Those_Of_The_Document() =>
        Assert.Equal(
            OpenApiNode.Schemas["Listing"]["properties"].Names.Order(StringComparer.Ordinal),
            Table.Read(Page, "field").SelectMany(row => Table.Code(row[0])).Order(StringComparer.Ordinal));

    [Fact]
    public void Fields_Of_Access_Are_Those_Of_The_Document() =>
        Assert.Equal(
            OpenApiNode.Schemas["Access"]["properties"].Names,
            Table.Read(Page, "field", "of access").SelectMany(row => Table.Code(row[0])));

    [Fact]
    public void Problems_Are_Those_Of_The_Code() =>
        Assert.Equal(
            ProblemCodes.InTheCode.Select(problem => $"{problem.Status} `{problem.Code}`").Order(StringComparer.Ordinal),
            Table.Read(Page, "what happened")
                .Select(row => string.Join(' ', row[1].Split(' ').Take(2)))
                .Where(text => text.Contains('`', StringComparison.Ordinal))
                .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Statuses_Are_Those_Of_The_Document() =>
        Assert.Equal(
            OpenApiNode.ListObjects["responses"].Names.Except(["304"]),
            Table.Read(Page, "what happened")
                .SelectMany(row => Status().Matches(row[1]).Select(match => match.Value))
                .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Causes_Of_Health_Are_Those_Of_The_Code()
    {
        var text = Repository.Read(Page);

        Assert.All(Enum.GetNames<UpstreamCause>(), cause => Assert.Contains($"`{cause}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Policy_Of_A_Caller_Has_The_Output_Of_The_Template()
    {
        var block = FencedBlock.All.Single(block => block.Is("json", "output"));
        var statement = JsonElement.Parse(block.Text).GetProperty("Statement")[0];
        var output = JsonElement.Parse(Repository.Read(Repository.Template))
            .GetProperty("Outputs").GetProperty(block.Attributes["output"]).GetProperty("Value").GetProperty("Fn::Sub").GetString()!;

        Assert.Equal("execute-api:Invoke", statement.GetProperty("Action").GetString());
        Assert.Equal(
            output.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)
                .Replace("${AWS::Region}", "REGION", StringComparison.Ordinal)
                .Replace("${AWS::AccountId}", "ACCOUNT", StringComparison.Ordinal)
                .Replace("${AnnotationsHttpApi}", "API_ID", StringComparison.Ordinal),
            statement.GetProperty("Resource").GetString());
    }

    [GeneratedRegex(@"\b[2-5]\d\d\b")]
    private static partial Regex Status();
}
