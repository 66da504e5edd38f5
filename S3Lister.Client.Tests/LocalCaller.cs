using Amazon.Runtime;
using S3Lister.Local;
using S3Lister.Local.SigV4;

namespace S3Lister.Client.Tests;

/// <summary>Clients of the local API, signed with its fixed keys.</summary>
internal static class LocalCaller
{
    public static S3ListerClient Create(Uri api, Identity? identity = null, S3ListerClientOptions? options = null) =>
        new(api, Credentials(identity ?? LocalIdentities.User), (options ?? new()) with { Region = options?.Region ?? "us-east-1" });

    private static AWSCredentials Credentials(Identity identity) => identity.SessionToken is { } token
        ? new SessionAWSCredentials(identity.AccessKeyId, identity.SecretAccessKey, token)
        : new BasicAWSCredentials(identity.AccessKeyId, identity.SecretAccessKey);
}
