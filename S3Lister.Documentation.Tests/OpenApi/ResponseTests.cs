using System.Text.Json;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>Compares docs/openapi.json with live responses.</summary>
public sealed class ResponseTests(LiveResponses live) : IClassFixture<LiveResponses>
{
    /// <summary>Only API Gateway on AWS sends it: the local gateway has no rate limit.</summary>
    private const int TooManyRequests = 429;

    public static TheoryData<string> Documented =>
        [.. DocumentedResponse.All.Where(response => response.Status != TooManyRequests).Select(response => response.Name)];

    [Theory]
    [MemberData(nameof(Documented))]
    public void Response_Is_As_Documented(string name)
    {
        var documented = DocumentedResponse.All.Single(response => response.Name == name);
        LiveResponse[] responses = [.. live.All.Where(response => response.Name == name)];

        Assert.NotEmpty(responses);
        Assert.Empty(live.Errors[name]);
        var required = documented.Response["headers"].Members
            .Where(header => header.Node.Has("required"))
            .Select(header => header.Name);
        Assert.All(responses, response => Assert.All(required, header => Assert.Single(response.Headers[header])));
    }

    [Fact]
    public void Response_Of_The_Api_Is_Documented() =>
        Assert.All(live.All, response => Assert.Contains(DocumentedResponse.All, documented => documented.Name == response.Name));

    [Fact]
    public void Header_Of_A_Response_Is_Documented() =>
        Assert.All(live.All, response => Assert.All(
            response.HeaderNames,
            header => Assert.Contains(header, Headers(response), StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void Documented_Header_Is_On_A_Response()
    {
        var responses = live.All;

        Assert.All(DocumentedResponse.All.Where(documented => documented.Status != TooManyRequests), documented => Assert.All(
            documented.Response["headers"].Names,
            header => Assert.Contains(
                responses,
                response => response.Path == documented.Path && response.Status == documented.Status && response.Headers.Contains(header))));
    }

    [Fact]
    public void Response_Of_The_Service_Is_Private() =>
        Assert.All(
            live.All.Where(response => response.Status is 200 or 304 || response.MediaType == "application/problem+json"),
            response => Assert.Equal(
                ("private, no-cache", "nosniff"),
                (response.Headers["cache-control"].Single(), response.Headers["x-content-type-options"].Single())));

    [Fact]
    public void State_Of_A_Page_Is_In_Headers_When_It_Is_Not_In_The_Body() =>
        Assert.All(
            live.All.Where(response => response.MediaType is "application/x-ndjson" or "text/csv"),
            response =>
            {
                var truncated = response.Path == "/summary"
                    ? response.Headers["s3lister-complete"].Single() == "false"
                    : response.Headers["s3lister-is-truncated"].Single() == "true";
                Assert.Equal(truncated, response.Headers.Contains("s3lister-next-continuation-token"));
                Assert.Equal(truncated, response.Headers.Contains("link"));
            });

    [Fact]
    public void Problem_Has_The_Status_Of_Its_Response()
    {
        LiveResponse[] problems = [.. live.All.Where(response => response.MediaType == "application/problem+json")];

        Assert.All(problems, problem => Assert.Equal(problem.Status, JsonElement.Parse(problem.Body).GetProperty("status").GetInt32()));
        Assert.Equal(
            ProblemCodes.InTheCode.Select(problem => problem.Code).Order(StringComparer.Ordinal),
            problems.Select(problem => JsonElement.Parse(problem.Body).GetProperty("code").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Headers(LiveResponse response) =>
        DocumentedResponse.All.Single(documented => documented.Name == response.Name).Response["headers"].Names;
}
