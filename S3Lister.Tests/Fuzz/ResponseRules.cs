using System.Text.Json;
using System.Web;

namespace S3Lister.Tests.Fuzz;

/// <summary>What is true of every response, for any request.</summary>
internal static class ResponseRules
{
    /// <summary>The documented statuses that a caller can cause while S3 works.</summary>
    private static readonly int[] Statuses = [200, 304, 400, 403, 406];

    public static void Check(Envelope response, string? query, bool isHead = false)
    {
        Assert.Contains(response.Status, Statuses);
        Assert.All(response.Headers, header =>
        {
            Assert.DoesNotContain(header.Key, character => character is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-'));
            Assert.DoesNotContain(header.Value, character => character is < ' ' or > '~');
        });
        if (isHead || response.Status == 304)
        {
            Assert.Equal("", response.Body);
            return;
        }

        if (response.Status == 200)
        {
            CheckListing(response, query);
            return;
        }

        Assert.Equal("application/problem+json", response.Headers["content-type"]);
        Assert.Equal(response.Status, response.Json.GetProperty("status").GetInt32());
        Assert.True(KnownProblems.Contain(response.Body), $"No request but this one causes this response: {response.Body}");
    }

    private static void CheckListing(Envelope response, string? query)
    {
        switch (response.Headers["content-type"])
        {
            case "application/json":
                var json = response.Json;
                var keyCount = json.GetProperty("contents").GetArrayLength() + json.GetProperty("commonPrefixes").GetArrayLength();
                Assert.Equal(keyCount, json.GetProperty("keyCount").GetInt32());
                Assert.InRange(keyCount, 0, json.GetProperty("maxKeys").GetInt32());
                Assert.Equal(HttpUtility.ParseQueryString(query ?? "")["prefix"] ?? "", json.GetProperty("prefix").GetString());
                break;
            case "application/x-ndjson":
                Assert.All(response.Body.Split('\n')[..^1], line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
                break;
            case var csv:
                Assert.Equal("text/csv; charset=utf-8; header=present", csv);
                Assert.EndsWith("\r\n", response.Body, StringComparison.Ordinal);
                break;
        }
    }
}
