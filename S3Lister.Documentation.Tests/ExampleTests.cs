using System.Net;
using System.Text.Json;

namespace S3Lister.Documentation.Tests;

/// <summary>The answers that docs/ shows, against the API with the sample bucket.</summary>
[Collection(SampleApiTests.Name)]
public sealed class ExampleTests(SampleApi sample)
{
    public static TheoryData<string> Answers => FencedBlock.Names(block => block.Attributes.ContainsKey("http"));

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_Of_The_Documentation_Is_What_The_Api_Answers(string example)
    {
        var block = FencedBlock.At(example);
        var accept = block.Language switch
        {
            "ndjson" => "application/x-ndjson",
            "csv" => "text/csv",
            _ => "application/json",
        };

        var answer = await Curl.GetAsync(
            sample.Api.Url, block.Attributes["http"], arguments: ["--header", $"accept: {accept}"]);

        Assert.Equal(block.Attributes.GetValueOrDefault("status", "200"), $"{answer.Status}");
        if (block.Language == "json")
        {
            JsonPart.Assert(JsonElement.Parse(block.Text), answer.Json);
        }
        else
        {
            Assert.Equal(block.Text, answer.Body.ReplaceLineEndings("\n").TrimEnd('\n'));
        }
    }

    /// <summary>As docs/openapi.json says.</summary>
    [Fact]
    public async Task Head_Is_No_Route_Of_The_Stack()
    {
        using HttpClient client = new();
        using HttpRequestMessage head = new(HttpMethod.Head, new Uri(sample.Api.Url, "/objects"));

        using var answer = await client.SendAsync(head, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>A block that says nothing of how it is checked is checked by nobody.</summary>
    [Fact]
    public void Every_Block_Is_Checked_By_A_Test()
    {
        var orphans = FencedBlock.All.Where(block => block switch
        {
            { Language: "json" or "ndjson" or "csv" } when block.Attributes.ContainsKey("http") => false,
            { Language: "json" } when block.Attributes.ContainsKey("setting") || block.Attributes.ContainsKey("output") => false,
            { Language: "sh" or "python" } when block.Attributes.ContainsKey("lists") => false,
            { Language: "csharp" } when block.Attributes.ContainsKey("file") => false,
            { Language: "console" } => false,
            // Run by eng/delivery/rehearse.sh, and checked by eng/workflows/check.py.
            { Language: "bash" } when block.Attributes.ContainsKey("rehearsed") || block.Attributes.ContainsKey("checked") => false,
            // Drawn, not run.
            { Language: "mermaid" } => false,
            _ => true,
        });

        Assert.Empty(orphans.Select(block => block.Name));
    }
}
