using System.Globalization;
using S3Lister.Local;
using S3Lister.Local.SigV4;
using S3Lister.Tests.Support;

namespace S3Lister.Tests.Gateway.Support;

/// <summary>Calls with curl, which signs by itself: a signer that owes nothing to this project.</summary>
internal static class Curl
{
    public static Task<Answer> SignedAsync(
        string url, Identity? identity = null, string scope = "us-east-1:execute-api", params IEnumerable<string> more)
    {
        identity ??= LocalIdentities.User;
        List<string> arguments =
            ["--aws-sigv4", $"aws:amz:{scope}", "--user", $"{identity.AccessKeyId}:{identity.SecretAccessKey}"];
        if (identity.SessionToken is { } token)
        {
            arguments.AddRange(["--header", $"x-amz-security-token: {token}"]);
        }

        return CallAsync([.. arguments, .. more, url]);
    }

    public static async Task<Answer> CallAsync(params IEnumerable<string> arguments)
    {
        var (exitCode, output, error) =
            await ExternalProgram.Curl.RunAsync(["--silent", "--show-error", "--write-out", "\n%{http_code}", .. arguments]);
        Assert.True(exitCode == 0, error);
        var end = output.LastIndexOf('\n');
        return new Answer(int.Parse(output.AsSpan(end + 1), CultureInfo.InvariantCulture), output[..end]);
    }
}
