using System.Globalization;
using System.Text.Json.Nodes;
using S3Lister.Local;

namespace S3Lister.Testing;

/// <summary>Calls with botocore, the signer of the AWS CLI.</summary>
internal static class Botocore
{
    private static readonly ExternalProgram Python = ExternalProgram.PythonWith("botocore", "botocore, with `pip install botocore`");

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "sign.py");

    public static async Task<TextResponse> CallAsync(string url, JsonObject? options = null)
    {
        var request = options ?? [];
        request["url"] = url;
        request["key"] ??= LocalIdentities.User.AccessKeyId;
        request["secret"] ??= LocalIdentities.User.SecretAccessKey;
        var (exitCode, output, error) = await Python.RunAsync(Script, request.ToJsonString());
        Assert.True(exitCode == 0, error);
        var end = output.IndexOf('\n', StringComparison.Ordinal);
        return new TextResponse(int.Parse(output.AsSpan(0, end), CultureInfo.InvariantCulture), output[(end + 1)..]);
    }
}
