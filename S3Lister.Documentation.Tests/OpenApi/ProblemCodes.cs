using System.Net;
using System.Text.RegularExpressions;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>The problems of the service, read from the source file that creates them.</summary>
internal static partial class ProblemCodes
{
    public static IReadOnlyList<(int Status, string Code, string Title)> InTheCode { get; } =
    [
        .. Made().Matches(Repository.Read("S3Lister.Functions/Pipeline/Problem.cs"))
            .Select(match => (
                (int)Enum.Parse<HttpStatusCode>(match.Groups["status"].Value),
                match.Groups["code"].Value,
                match.Groups["title"].Value)),
    ];

    [GeneratedRegex("""HttpStatusCode\.(?<status>\w+), "(?<code>\w+)", "(?<title>[^"]+)",""")]
    private static partial Regex Made();
}
