using System.CommandLine;
using Amazon.Runtime;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>A client of the API that the options, the environment and the saved settings name.</summary>
internal sealed class Session : IDisposable
{
    private Session(S3ListerClient client, Uri api, AWSCredentials credentials) =>
        (Client, Api, Credentials) = (client, api, credentials);

    public S3ListerClient Client { get; }

    public Uri Api { get; }

    public AWSCredentials Credentials { get; }

    public static async Task<Session> StartAsync(ParseResult options, Terminal terminal, CancellationToken cancellationToken)
    {
        var settings = Settings.Load();
        var api = FindApi(options, settings);
        var region = FindRegion(options, settings, api);
        var profile = options.GetValue(GlobalOptions.Profile) ?? (HasOwnCredentials() ? null : settings.Profile);
        var credentials = await AwsCredentials.FindAsync(profile, region, cancellationToken);
#pragma warning disable CA2000 // The session disposes of it.
        S3ListerClient client = new(api, credentials, new() { Region = region, OnRetry = notice => Report(terminal, notice) });
#pragma warning restore CA2000
        terminal.Detail($"{api}, signed for {region}");
        return new(client, api, credentials);
    }

    /// <exception cref="CommandException">There is no URL, or it is not one.</exception>
    public static Uri FindApi(ParseResult options, Settings settings)
    {
        var api = options.GetValue(GlobalOptions.Api) ?? NotEmpty("S3LISTER_API") ?? settings.Api
            ?? throw new CommandException(
                ExitCode.Usage, "No API: use --api URL, set S3LISTER_API, or save it with `s3lister setup --api URL`. It is the output ApiUrl of the stack.");
        return Uri.TryCreate(api, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? url
            : throw new CommandException(ExitCode.Usage, $"{TerminalText.Escape(api)} is not the URL of an API. It is the output ApiUrl of the stack.");
    }

    /// <exception cref="CommandException">No region is known.</exception>
    public static string FindRegion(ParseResult options, Settings settings, Uri api) =>
        options.GetValue(GlobalOptions.Region) ?? ApiRegion.FromHost(api) ?? settings.Region
            ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName
            ?? throw new CommandException(ExitCode.Usage, $"The host name {api.Host} contains no region. Use --region, or set AWS_REGION.");

    public void Dispose() => Client.Dispose();

    /// <summary>The environment is more specific than the saved profile.</summary>
    private static bool HasOwnCredentials() => NotEmpty("AWS_PROFILE") is not null || NotEmpty("AWS_ACCESS_KEY_ID") is not null;

    private static string? NotEmpty(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static void Report(Terminal terminal, RetryNotice notice) => terminal.Detail(
        $"attempt {notice.Attempt} failed ({(notice.Failure as S3ListerException)?.Code ?? notice.Failure.Message}), next one in {notice.Delay.TotalSeconds:0.0} s");
}
