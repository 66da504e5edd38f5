using System.Text.Json;

namespace S3Lister.Infrastructure.Tests.Logs;

public sealed class FunctionLogTests
{
    [Fact]
    public async Task Handlers_Write_A_Line_And_A_Record_For_Each_Response()
    {
        var log = await FunctionLog.Current;

        Assert.All(log.Lines.Where(line => !line.Key.StartsWith("Platform", StringComparison.Ordinal) && line.Key != "Text"), line =>
        {
            Assert.Equal(2, line.Value.Length);
            Assert.Equal(JsonValueKind.Number, JsonElement.Parse(line.Value[0]).GetProperty("status").ValueKind);
            Assert.True(JsonElement.Parse(line.Value[1]).TryGetProperty("_aws", out _));
        });
    }

    [Theory]
    [InlineData("fields @timestamp, route | filter status >= 500 | stats count(*) as calls by bin(1h), cause | sort calls desc", new[] { "route", "status", "cause" })]
    [InlineData("filter code = \"PrefixNotAllowed\" and ispresent(principal) | limit 5", new[] { "code", "principal" })]
    public void Query_Has_Its_Fields(string query, string[] expected) => Assert.Equal(expected, InsightsQuery.Fields(query));
}
