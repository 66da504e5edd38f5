using System.Net;
using System.Text.Json;

namespace S3Lister.Documentation.Tests;

/// <summary>Compares the responses in docs/ with those of the API, with the sample bucket.</summary>
[Collection(SampleApiTests.Name)]
public sealed class ExampleTests(SampleApi sample)
{
    public static TheoryData<string> Examples => FencedBlock.Names(block => block.Attributes.ContainsKey("http"));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Documented_Response_Is_That_Of_The_Api(string example)
    {
        var block = FencedBlock.At(example);
        var accept = block.Language switch
        {
            "ndjson" => "application/x-ndjson",
            "csv" => "text/csv",
            _ => "application/json",
        };

        var response = await Curl.GetAsync(
            sample.Api.Url, block.Attributes["http"], arguments: ["--header", $"accept: {accept}"]);

        Assert.Equal(block.Attributes.GetValueOrDefault("status", "200"), $"{response.Status}");
        if (block.Language == "json")
        {
            JsonPart.Assert(JsonElement.Parse(block.Text), response.Json);
        }
        else
        {
            Assert.Equal(block.Text, response.Body.ReplaceLineEndings("\n").TrimEnd('\n'));
        }
    }

    /// <summary>docs/openapi.json says so.</summary>
    [Fact]
    public async Task Head_Is_Not_A_Route_Of_The_Stack()
    {
        using HttpClient client = new();
        using HttpRequestMessage head = new(HttpMethod.Head, new Uri(sample.Api.Url, "/objects"));

        using var response = await client.SendAsync(head, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>A block without an attribute that selects a test would not be checked.</summary>
    [Fact]
    public void Every_Block_Is_Checked_By_A_Test()
    {
        var orphans = FencedBlock.All.Where(block => block switch
        {
            { Language: "json" or "ndjson" or "csv" } when block.Attributes.ContainsKey("http") => false,
            { Language: "json" } when block.Attributes.ContainsKey("setting") || block.Attributes.ContainsKey("output") => false,
            { Language: "sh" or "python" } when block.Attributes.ContainsKey("lists") => false,
            { Language: "csharp" } when block.Attributes.ContainsKey("file") => false,
            // Run by eng/openapi/run.sh.
            { Language: "sh" } when block.Attributes.ContainsKey("generates") => false,
            { Language: "console" } => false,
            // Run by eng/delivery/rehearse.sh, and checked by eng/workflows/check.py.
            { Language: "bash" } when block.Attributes.ContainsKey("rehearsed") || block.Attributes.ContainsKey("checked") => false,
            // A diagram.
            { Language: "mermaid" } => false,
            _ => true,
        });

        Assert.Empty(orphans.Select(block => block.Name));
    }
}
