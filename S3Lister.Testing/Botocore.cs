using System.Globalization;
using System.Text.Json.Nodes;
using S3Lister.Local;

namespace S3Lister.Testing;

/// <summary>Calls with botocore, the signer of the AWS CLI.</summary>
internal static class Botocore
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "sign.py");

    /// <summary>Fails where botocore is not installed, with what to install.</summary>
    public static async Task<Answer> CallAsync(string url, JsonObject? options = null)
    {
        var (present, _, _) = await ExternalProgram.Python.RunAsync("-c", "import botocore");
        Assert.True(present == 0, "This test needs botocore for python3: install it with `pip install botocore`.");
        var asked = options ?? [];
        asked["url"] = url;
        asked["key"] ??= LocalIdentities.User.AccessKeyId;
        asked["secret"] ??= LocalIdentities.User.SecretAccessKey;
        var (exitCode, output, error) = await ExternalProgram.Python.RunAsync(Script, asked.ToJsonString());
        Assert.True(exitCode == 0, error);
        var end = output.IndexOf('\n', StringComparison.Ordinal);
        return new Answer(int.Parse(output.AsSpan(0, end), CultureInfo.InvariantCulture), output[(end + 1)..]);
    }
}
