using System.Text.Json;
using S3Lister.Local;
using S3Lister.Local.SigV4;
using S3Lister.Tests.Support;

namespace S3Lister.Tests.EndToEnd;

/// <summary>Calls signed by curl, a signer that is not ours.</summary>
internal static class Curl
{
    private static readonly Dictionary<string, string> Environment = new() { ["NO_PROXY"] = "127.0.0.1" };

    /// <param name="api">Where to call.</param>
    /// <param name="pathAndQuery">As it goes over the wire: sorted and percent-encoded.</param>
    /// <param name="identity">Who signs; the user that may list everything by default.</param>
    /// <param name="scope">Region and service that are signed for.</param>
    /// <param name="arguments">Further arguments of curl's.</param>
    public static Task<CurlAnswer> GetAsync(
        Uri api, string pathAndQuery, Identity? identity = null, string scope = "us-east-1:execute-api", params string[] arguments)
    {
        identity ??= LocalIdentities.User;
        string[] token = identity.SessionToken is { } session ? ["--header", $"x-amz-security-token: {session}"] : [];
        return RunAsync(
            [
                "--aws-sigv4", $"aws:amz:{scope}", "--user", $"{identity.AccessKeyId}:{identity.SecretAccessKey}",
                .. token, .. arguments, new Uri(api, pathAndQuery).AbsoluteUri,
            ]);
    }

    public static Task<CurlAnswer> GetUnsignedAsync(Uri api, string pathAndQuery) =>
        RunAsync([new Uri(api, pathAndQuery).AbsoluteUri]);

    private static async Task<CurlAnswer> RunAsync(string[] arguments)
    {
        var run = await ExternalProgram.Curl.RunAsync(
            ["--silent", "--show-error", "--dump-header", "-", "--max-time", "60", .. arguments],
            Environment, TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Error);

        var end = run.Output.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = run.Output[..end].Split("\r\n");
        return new(
            int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase),
            run.Output[(end + 4)..]);
    }
}

internal sealed record CurlAnswer(int Status, ILookup<string, string> Headers, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string[] Keys => [.. Json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];

    public string? NextToken => Json.GetProperty("nextContinuationToken").GetString();
}
