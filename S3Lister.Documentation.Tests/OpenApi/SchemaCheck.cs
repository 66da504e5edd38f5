using System.Text.Json;
using System.Text.Json.Nodes;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>A value that a schema of the document must accept.</summary>
/// <param name="Schema">A JSON pointer.</param>
internal sealed record SchemaCase(string Schema, JsonNode? Value);

/// <summary>The findings of an independent validator.</summary>
/// <param name="Document">Errors of the document itself.</param>
/// <param name="Cases">Errors of each value, in the order of the cases.</param>
internal sealed record SchemaCheck(IReadOnlyList<string> Document, IReadOnlyList<IReadOnlyList<string>> Cases)
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "OpenApi", "check.py");

    public static ExternalProgram Validator { get; } = ExternalProgram.PythonWith(
        "openapi_schema_validator, openapi_spec_validator", "openapi-spec-validator, with `pip install -r eng/requirements.txt`");

    public static async Task<SchemaCheck> RunAsync(IEnumerable<SchemaCase> cases)
    {
        var file = Path.GetTempFileName();
        try
        {
            JsonArray list = [.. cases.Select(item => new JsonObject { ["schema"] = item.Schema, ["value"] = item.Value?.DeepClone() })];
            await File.WriteAllTextAsync(file, list.ToJsonString(), TestContext.Current.CancellationToken);
            var run = await Validator.RunAsync(
                [Script, Repository.Path(Repository.OpenApi), file],
                new Dictionary<string, string>(), TestContext.Current.CancellationToken);
            Assert.True(run.ExitCode == 0, run.Error);
            var result = JsonElement.Parse(run.Output);
            return new(
                Texts(result.GetProperty("document")),
                [.. result.GetProperty("cases").EnumerateArray().Select(Texts)]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
