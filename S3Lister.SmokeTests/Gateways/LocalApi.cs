using System.Text.Json;
using S3Lister.Local;

namespace S3Lister.SmokeTests.Gateways;

/// <summary>The whole local API, and its version.</summary>
public sealed class LocalApi : IAsyncLifetime
{
    internal LocalStack Api { get; private set; } = null!;

    internal string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Api = await LocalStack.StartAsync(new() { Port = 0 }, TestContext.Current.CancellationToken);
        var user = LocalIdentities.User;
        using ApiClient client = new(Api.Url, Api.Options.Region, new(user.AccessKeyId, user.SecretAccessKey, null), TimeProvider.System);
        using var health = JsonDocument.Parse((await client.GetAsync("/health")).Body);
        Version = health.RootElement.GetProperty("version").GetString()!.Split('+')[0];
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
