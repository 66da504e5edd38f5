using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace S3Lister.Client;

/// <summary>Registers the client in a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers one <see cref="S3ListerClient"/> for all callers; it is safe to use from several threads.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="api">The URL of the API, such as <c>https://abc.execute-api.eu-west-1.amazonaws.com</c>.</param>
    /// <param name="credentials">Whose requests they are. Default: where the AWS SDK finds credentials.</param>
    /// <param name="options">Options of the client. Default: those of <see cref="S3ListerClientOptions"/>.</param>
    public static IServiceCollection AddS3ListerClient(
        this IServiceCollection services, Uri api, AWSCredentials? credentials = null, S3ListerClientOptions? options = null) =>
        services.AddSingleton(_ => new S3ListerClient(api, credentials, options));
}
