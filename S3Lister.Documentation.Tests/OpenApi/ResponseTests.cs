using System.Text.Json;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>docs/openapi.json against live answers.</summary>
public sealed class ResponseTests(LiveAnswers live) : IClassFixture<LiveAnswers>
{
    /// <summary>AWS alone makes it: no gateway of this repository limits rates.</summary>
    private const int TooManyRequests = 429;

    public static TheoryData<string> Documented =>
        [.. DocumentedResponse.All.Where(response => response.Status != TooManyRequests).Select(response => response.Name)];

    [Theory]
    [MemberData(nameof(Documented))]
    public void Response_Is_As_Documented(string name)
    {
        var documented = DocumentedResponse.All.Single(response => response.Name == name);
        LiveAnswer[] answers = [.. live.All.Where(answer => answer.Name == name)];

        Assert.NotEmpty(answers);
        Assert.Empty(live.Errors[name]);
        var required = documented.Response["headers"].Members
            .Where(header => header.Node.Has("required"))
            .Select(header => header.Name);
        Assert.All(answers, answer => Assert.All(required, header => Assert.Single(answer.Headers[header])));
    }

    [Fact]
    public void Answer_Of_The_Api_Is_Documented() =>
        Assert.All(live.All, answer => Assert.Contains(DocumentedResponse.All, response => response.Name == answer.Name));

    [Fact]
    public void Header_Of_An_Answer_Is_Documented() =>
        Assert.All(live.All, answer => Assert.All(
            answer.HeaderNames,
            header => Assert.Contains(header, Headers(answer), StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void Header_Of_The_Document_Is_On_An_Answer() =>
        Assert.All(
            DocumentedResponse.All.Where(response => response.Status != TooManyRequests),
            response => Assert.All(response.Response["headers"].Names, header => Assert.Contains(
                live.All,
                answer => answer.Path == response.Path && answer.Status == response.Status && answer.Headers.Contains(header))));

    [Fact]
    public void Answer_Of_The_Service_Itself_Is_For_The_Caller_Alone() =>
        Assert.All(
            live.All.Where(answer => answer.Status is 200 or 304 || answer.MediaType == "application/problem+json"),
            answer => Assert.Equal(
                ("private, no-cache", "nosniff"),
                (answer.Headers["cache-control"].Single(), answer.Headers["x-content-type-options"].Single())));

    [Fact]
    public void State_Of_A_Page_Is_In_Headers_Where_It_Is_Not_In_The_Body() =>
        Assert.All(
            live.All.Where(answer => answer.MediaType is "application/x-ndjson" or "text/csv"),
            answer =>
            {
                var truncated = answer.Headers["s3lister-is-truncated"].Single() == "true";
                Assert.Equal(truncated, answer.Headers.Contains("s3lister-next-continuation-token"));
                Assert.Equal(truncated, answer.Headers.Contains("link"));
            });

    [Fact]
    public void Problem_Has_The_Status_Of_Its_Answer()
    {
        LiveAnswer[] problems = [.. live.All.Where(answer => answer.MediaType == "application/problem+json")];

        Assert.All(problems, problem => Assert.Equal(problem.Status, JsonElement.Parse(problem.Body).GetProperty("status").GetInt32()));
        Assert.Equal(
            ProblemCodes.InTheCode.Select(problem => problem.Code).Order(StringComparer.Ordinal),
            problems.Select(problem => JsonElement.Parse(problem.Body).GetProperty("code").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Headers(LiveAnswer answer) =>
        DocumentedResponse.All.Single(response => response.Name == answer.Name).Response["headers"].Names;
}
