using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Sample;

namespace S3Lister.Cli.Tests;

/// <summary>
/// In front of the sample API: it forwards requests, signed again and with small pages, unless a test handles them. It also is any
/// other HTTP server that a test needs.
/// </summary>
internal sealed class FaultyApi : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _http;
    private int _requests;

    private FaultyApi(WebApplication server, HttpClient http) => (_server, _http) = (server, http);

    public Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Gets a request and its number, from 1. Returns whether it has written a response.</summary>
    public Func<HttpContext, int, Task<bool>> Handle { get; set; } = (_, _) => Task.FromResult(false);

    public ConcurrentQueue<string> Queries { get; } = [];

    /// <summary>The sample bucket has <see cref="Pages"/> pages of this size.</summary>
    public const int PageSize = 3000;

    public static int Pages => (SampleBucket.Count + PageSize - 1) / PageSize;

    public static async Task<FaultyApi> StartAsync(Uri? api)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var user = LocalIdentities.User;
#pragma warning disable CA2000 // The object that is returned disposes of them.
        FaultyApi faulty = new(server, new(new SigV4SigningHandler(
            new BasicAWSCredentials(user.AccessKeyId, user.SecretAccessKey), RegionEndpoint.USEast1, "execute-api", new SocketsHttpHandler())));
#pragma warning restore CA2000
        server.Run(async context =>
        {
            faulty.Queries.Enqueue(context.Request.QueryString.Value ?? "");
            if (!await faulty.Handle(context, Interlocked.Increment(ref faulty._requests)) && api is not null)
            {
                await faulty.ForwardAsync(api, context);
            }
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return faulty;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task ForwardAsync(Uri api, HttpContext context)
    {
        var query = (context.Request.QueryString.Value ?? "").Replace("max-keys=10000", $"max-keys={PageSize}", StringComparison.Ordinal);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(api, context.Request.Path + query));
        request.Headers.Accept.ParseAdd(context.Request.Headers.Accept.ToString());
        using var response = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        foreach (var (name, values) in response.Headers.Where(header => header.Key.StartsWith("s3lister-", StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
