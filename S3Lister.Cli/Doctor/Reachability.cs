using System.Net;

namespace S3Lister.Cli.Doctor;

/// <summary>What an unsigned request finds: the name, the certificate, the URL and the clock.</summary>
internal static class Reachability
{
    /// <summary>Signature Version 4 allows five minutes; the rest is for the request.</summary>
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(4.5);

    public static async Task<Diagnosis> CheckAsync(Uri api, TimeProvider time, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The HttpClient disposes of its handler.
        using HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) });
#pragma warning restore CA2000
        try
        {
            using var response = await http.GetAsync(new Uri($"{api.GetLeftPart(UriPartial.Path).TrimEnd('/')}/access"), cancellationToken);
            var skew = (response.Headers.Date ?? time.GetUtcNow()) - time.GetUtcNow();
            return response.StatusCode switch
            {
                _ when skew.Duration() > LargestSkew => Failed(
                    "clock", $"Your clock differs from the API's by {skew.Duration().TotalMinutes:0} minutes.", "Set the clock: a signature is valid for five minutes.", ExitCode.Refused),
                HttpStatusCode.NotFound => Failed(
                    "api", "The host responds, but has no S3Lister API at this URL.", "Compare the URL with the output ApiUrl of the stack.", ExitCode.Usage),
                HttpStatusCode.Unauthorized => Failed(
                    "api", "This is the API for tokens, not for signatures.", "Use the output ApiUrl of the service's stack.", ExitCode.Usage),
                _ => new("reach", $"{api.Host} responds, and the clocks agree."),
            };
        }
        catch (HttpRequestException exception)
        {
            return exception.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => Failed(
                    "dns", $"The name {api.Host} is not found.", "Compare the URL with the output ApiUrl of the stack, and check the network or VPN.", ExitCode.ServiceFailed),
                HttpRequestError.SecureConnectionError => Failed(
                    "tls", $"The certificate of {api.Host} is not trusted.", "Check the clock, and whether a proxy replaces certificates: set SSL_CERT_FILE to its authority.", ExitCode.ServiceFailed),
                _ => Failed("reach", $"{api.Host} cannot be reached.", "Check the port, the network, and HTTPS_PROXY.", ExitCode.ServiceFailed),
            };
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            return Failed("reach", $"{api.Host} does not respond.", "Check the network, and HTTPS_PROXY.", ExitCode.ServiceFailed);
        }
    }

    private static Diagnosis Failed(string check, string finding, string nextStep, int exitCode) => new(check, finding, nextStep, exitCode);
}
