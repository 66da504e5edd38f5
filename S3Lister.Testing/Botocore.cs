using System.Globalization;
using System.Text.Json.Nodes;
using S3Lister.Local;

namespace S3Lister.Testing;

/// <summary>Calls with botocore, the signer of the AWS CLI.</summary>
internal static class Botocore
{
    private static readonly ExternalProgram Python = ExternalProgram.PythonWith("botocore", "botocore, with `pip install botocore`");

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "sign.py");

    public static async Task<Answer> CallAsync(string url, JsonObject? options = null)
    {
        var asked = options ?? [];
        asked["url"] = url;
        asked["key"] ??= LocalIdentities.User.AccessKeyId;
        asked["secret"] ??= LocalIdentities.User.SecretAccessKey;
        var (exitCode, output, error) = await Python.RunAsync(Script, asked.ToJsonString());
        Assert.True(exitCode == 0, error);
        var end = output.IndexOf('\n', StringComparison.Ordinal);
        return new Answer(int.Parse(output.AsSpan(0, end), CultureInfo.InvariantCulture), output[(end + 1)..]);
    }
}
