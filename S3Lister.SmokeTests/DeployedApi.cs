using System.Text.Json;

namespace S3Lister.SmokeTests;

/// <summary>The deployed API that the environment variables name, by the outputs of its stack or by its URL.</summary>
/// <param name="Url">Its URL without a path.</param>
/// <param name="Region">The region that its callers sign for.</param>
/// <param name="Version">The version that must be live, such as 1.2.3.</param>
/// <param name="Prefix">The prefix to list; empty for the whole bucket.</param>
internal sealed record DeployedApi(Uri Url, string Region, string Version, string Prefix)
{
    /// <summary>A file with the output of <c>aws cloudformation describe-stacks</c>.</summary>
    public const string StackVariable = "S3LISTER_SMOKE_STACK";

    /// <summary>The URL, if there is no stack.</summary>
    public const string UrlVariable = "S3LISTER_SMOKE_URL";

    /// <summary>The version that must be live, a tag such as v1.2.3.</summary>
    public const string VersionVariable = "S3LISTER_SMOKE_VERSION";

    /// <summary>The prefix to list, if the grants of the caller or the <c>ListablePrefixes</c> of the stack are limited to it.</summary>
    public const string PrefixVariable = "S3LISTER_SMOKE_PREFIX";

    public const string Unconfigured =
        $"No deployed API is named: set {VersionVariable} and either {StackVariable} or {UrlVariable} (eng/delivery/smoke-test.sh does).";

    /// <summary>Null if the environment names no API.</summary>
    public static DeployedApi? FromEnvironment(Func<string, string?> variable)
    {
        var version = variable(VersionVariable)?.TrimStart('v');
        var url = variable(StackVariable) is { Length: > 0 } file ? Output(File.ReadAllText(file), "ApiUrl") : variable(UrlVariable);
        return (version, url) switch
        {
            (null or "", _) or (_, null or "") => null,
            _ => new(new(url), variable("AWS_REGION") is { Length: > 0 } region ? region : RegionOf(new(url)), version, variable(PrefixVariable) ?? ""),
        };
    }

    /// <summary>Reads <c>{"Stacks":[{"Outputs":[{"OutputKey":…,"OutputValue":…}]}]}</c>.</summary>
    private static string Output(string stacks, string key)
    {
        using var document = JsonDocument.Parse(stacks);
        return document.RootElement.GetProperty("Stacks")[0].GetProperty("Outputs").EnumerateArray()
            .First(output => output.GetProperty("OutputKey").GetString() == key).GetProperty("OutputValue").GetString()!;
    }

    /// <summary>The host name of an API contains its region, as in abc123.execute-api.eu-central-1.amazonaws.com.</summary>
    private static string RegionOf(Uri url) =>
        url.Host.Split('.') is [_, "execute-api", var region, ..] ? region : "us-east-1";
}
