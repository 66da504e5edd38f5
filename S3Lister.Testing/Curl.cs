using System.Globalization;
using S3Lister.Local;
using S3Lister.Local.SigV4;

namespace S3Lister.Testing;

/// <summary>Calls signed by curl, a signer that is not ours.</summary>
internal static class Curl
{
    private static readonly Dictionary<string, string> Environment = new() { ["NO_PROXY"] = "127.0.0.1" };

    /// <param name="api">Where to call.</param>
    /// <param name="pathAndQuery">As it goes over the wire: sorted and percent-encoded.</param>
    /// <param name="identity">Who signs; the user that may list everything by default.</param>
    /// <param name="scope">Region and service that are signed for.</param>
    /// <param name="arguments">Further arguments of curl's.</param>
    public static Task<CurlResponse> GetAsync(
        Uri api, string pathAndQuery, Identity? identity = null, string scope = "us-east-1:execute-api", params string[] arguments) =>
        GetAsync([.. Signing(identity, scope), .. arguments, new Uri(api, pathAndQuery).AbsoluteUri]);

    public static Task<CurlResponse> GetUnsignedAsync(Uri api, string pathAndQuery) => GetAsync([new Uri(api, pathAndQuery).AbsoluteUri]);

    /// <summary>Signs and calls a URL, which curl sends as it is.</summary>
    public static Task<TextResponse> SignedAsync(
        string url, Identity? identity = null, string scope = "us-east-1:execute-api", params IEnumerable<string> more) =>
        CallAsync([.. Signing(identity, scope), .. more, url]);

    public static async Task<TextResponse> CallAsync(params IEnumerable<string> arguments)
    {
        var output = await RunAsync(["--write-out", "\n%{http_code}", .. arguments]);
        var end = output.LastIndexOf('\n');
        return new(int.Parse(output.AsSpan(end + 1), CultureInfo.InvariantCulture), output[..end]);
    }

    private static async Task<CurlResponse> GetAsync(string[] arguments)
    {
        var output = await RunAsync(["--dump-header", "-", .. arguments]);
        var end = output.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = output[..end].Split("\r\n");
        return new(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase),
            output[(end + 4)..]);
    }

    private static string[] Signing(Identity? identity, string scope)
    {
        identity ??= LocalIdentities.User;
        string[] token = identity.SessionToken is { } session ? ["--header", $"x-amz-security-token: {session}"] : [];
        return ["--aws-sigv4", $"aws:amz:{scope}", "--user", $"{identity.AccessKeyId}:{identity.SecretAccessKey}", .. token];
    }

    private static async Task<string> RunAsync(IEnumerable<string> arguments)
    {
        var (exitCode, output, error) = await ExternalProgram.Curl.RunAsync(
            ["--silent", "--show-error", "--max-time", "60", .. arguments], Environment, TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, error);
        return output;
    }
}

internal sealed record CurlResponse(int Status, ILookup<string, string> Headers, string Body) : ApiResponse(Status, Body);
