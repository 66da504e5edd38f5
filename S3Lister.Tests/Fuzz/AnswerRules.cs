using System.Text.Json;
using System.Web;

namespace S3Lister.Tests.Fuzz;

/// <summary>What every answer keeps to, whatever the request was.</summary>
internal static class AnswerRules
{
    /// <summary>The statuses of the contract that a caller can cause while S3 is well.</summary>
    private static readonly int[] Statuses = [200, 304, 400, 403, 406];

    public static void Check(Envelope answer, string? query, bool isHead = false)
    {
        Assert.Contains(answer.Status, Statuses);
        Assert.All(answer.Headers, header =>
        {
            Assert.DoesNotContain(header.Key, character => character is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-'));
            Assert.DoesNotContain(header.Value, character => character is < ' ' or > '~');
        });
        if (isHead || answer.Status == 304)
        {
            Assert.Equal("", answer.Body);
            return;
        }

        if (answer.Status == 200)
        {
            CheckListing(answer, query);
            return;
        }

        Assert.Equal("application/problem+json", answer.Headers["content-type"]);
        Assert.Equal(answer.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.True(KnownProblems.Contain(answer.Body), $"No request but this one gives this answer: {answer.Body}");
    }

    private static void CheckListing(Envelope answer, string? query)
    {
        switch (answer.Headers["content-type"])
        {
            case "application/json":
                var json = answer.Json;
                var keyCount = json.GetProperty("contents").GetArrayLength() + json.GetProperty("commonPrefixes").GetArrayLength();
                Assert.Equal(keyCount, json.GetProperty("keyCount").GetInt32());
                Assert.InRange(keyCount, 0, json.GetProperty("maxKeys").GetInt32());
                Assert.Equal(HttpUtility.ParseQueryString(query ?? "")["prefix"] ?? "", json.GetProperty("prefix").GetString());
                break;
            case "application/x-ndjson":
                Assert.All(answer.Body.Split('\n')[..^1], line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
                break;
            case var csv:
                Assert.Equal("text/csv; charset=utf-8; header=present", csv);
                Assert.EndsWith("\r\n", answer.Body, StringComparison.Ordinal);
                break;
        }
    }
}
