using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed record ClientApplication(
    string? AppPackageName,
    string? AppTitle,
    string? AppVersionCode,
    string? AppVersionName,
    string? InstallationId) : IClientApplication
{
    public static ClientApplication From(JsonElement json)
    {
        return new ClientApplication(
            Text("app_package_name"), Text("app_title"), Text("app_version_code"), Text("app_version_name"), Text("installation_id"));

        string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
