using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using S3Lister.Client;

namespace S3Lister.Cli.Doctor;

/// <summary>
/// Why API Gateway responds 403. It gives no reason, so the same request is signed for other regions, and then the credentials are
/// verified with AWS STS.
/// </summary>
internal static class Refusal
{
    public static async Task<Diagnosis> ExplainAsync(Session session, CancellationToken cancellationToken)
    {
        foreach (var region in OtherRegions(session))
        {
            if (await IsAcceptedAsync(session, region, cancellationToken))
            {
                return new("region", $"The request was signed for {session.Client.Region}, but the API is in {region}.", $"Use --region {region}.", ExitCode.Refused);
            }
        }

        try
        {
            using AmazonSecurityTokenServiceClient sts = new(session.Credentials, RegionEndpoint.GetBySystemName(session.Client.Region));
            var identity = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
            return new(
                "permission",
                $"{identity.Arn} may not call the API.",
                "Allow it execute-api:Invoke on arn:aws:execute-api:REGION:ACCOUNT:API_ID/$default/GET/*, as docs/api.md shows. A deny of an organization or a boundary has the same effect.",
                ExitCode.Refused);
        }
        catch (AmazonSecurityTokenServiceException exception)
        {
            return new(
                "signature",
                $"AWS does not accept the credentials either: {Failure.Sentence(exception.Message)} ({exception.ErrorCode})",
                "Copy the access key and the secret again, or get new temporary credentials, for example with `aws sso login`.",
                ExitCode.Refused);
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException)
        {
            return new(
                "permission",
                "The API refuses the request, and AWS STS cannot be reached to verify the credentials.",
                "Check that the credentials are valid, and that they allow execute-api:Invoke.",
                ExitCode.Refused);
        }
    }

    /// <summary>The region in the host name; for another host name all regions.</summary>
    private static IEnumerable<string> OtherRegions(Session session) =>
        (ApiRegion.FromHost(session.Api) is { } region ? [region] : RegionEndpoint.EnumerableAllRegions.Select(endpoint => endpoint.SystemName))
        .Where(name => name != session.Client.Region);

    private static async Task<bool> IsAcceptedAsync(Session session, string region, CancellationToken cancellationToken)
    {
        using S3ListerClient client = new(session.Api, session.Credentials, new() { Region = region, MaxAttempts = 1 });
        try
        {
            await client.GetAccessAsync(cancellationToken);
            return true;
        }
        catch (S3ListerException)
        {
            return false;
        }
    }
}
