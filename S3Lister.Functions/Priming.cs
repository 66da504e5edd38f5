using System.Net;
using System.Text;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Access;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Health;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Functions;

/// <summary>
/// Does in initialization, which has whole cores, what the first request would otherwise do with its share of one: opens
/// the connection to S3, and runs a request with a canned listing, so that the code and the buffers are in memory.
/// </summary>
/// <remarks>
/// Nothing is sent to S3 and nothing is logged. A failure is ignored: the first request then does everything itself, and
/// reports what is wrong.
/// </remarks>
internal sealed class Priming(S3Connector connector, BucketLister lister, Summarizer summarizer, HealthCheck health)
{
    private readonly ListingFunctions _functions = new(
        new RequestPipeline(new MetricsLog(Stream.Null, TimeProvider.System), connector, TimeProvider.System),
        new AccessRules(ListerOptions.DefaultGrants), lister, summarizer, health);

    /// <param name="handler">The name of the function's method, as in the variable <c>ANNOTATIONS_HANDLER</c>.</param>
    /// <param name="server">Finds the server of the bucket, to which a connection is opened.</param>
    /// <returns>Whether the requests succeeded.</returns>
    public bool Run(string? handler, Func<Uri> server)
    {
        try
        {
            connector.Prepare(server());
            using var listing = CannedListing.Create(handler == nameof(ListingFunctions.Health) ? 1 : ListingLimits.MaxKeys);
            connector.Canned = listing.WrittenMemory;
            Request(handler, "");
            Request(handler, "gzip");
            connector.WaitForPrepared();
            return true;
        }
#pragma warning disable CA1031 // The first request reports what is wrong.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
        finally
        {
            connector.Canned = null;
        }
    }

    private void Request(string? handler, string acceptEncoding)
    {
        using MemoryStream json = new(Event(acceptEncoding));
        EventSerializer serializer = new();
        var request = serializer.Deserialize<APIGatewayHttpApiV2ProxyRequest>(json);
        Context context = new();
        var running = handler switch
        {
            nameof(ListingFunctions.Summary) => _functions.Summary(request, context),
            nameof(ListingFunctions.Health) => _functions.Health(request, context),
            _ => _functions.ListObjects(request, context),
        };
        var result = running.GetAwaiter().GetResult();
        using var response = result.Serialize(new HttpResultSerializationOptions { Serializer = serializer });
        if (result.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"The request on the canned listing has the status {result.StatusCode}.");
        }
    }

    private static byte[] Event(string acceptEncoding) => Encoding.UTF8.GetBytes($$$"""
        {"version":"2.0","routeKey":"GET /","rawPath":"/","rawQueryString":"","headers":{"accept-encoding":"{{{acceptEncoding}}}"},
        "requestContext":{"authorizer":{"iam":{"userArn":"arn:aws:sts::123456789012:assumed-role/initialization/initialization"}},
        "http":{"method":"GET","path":"/"},"requestId":"initialization"}}
        """);

    private sealed class Context : ILambdaContext, ILambdaLogger
    {
        public string AwsRequestId => "initialization";

        public IClientContext ClientContext => null!;

        public string FunctionName => "";

        public string FunctionVersion => "";

        public ICognitoIdentity Identity => null!;

        public string InvokedFunctionArn => "";

        public ILambdaLogger Logger => this;

        public string LogGroupName => "";

        public string LogStreamName => "";

        public int MemoryLimitInMB => 0;

        public TimeSpan RemainingTime => TimeSpan.FromSeconds(10);

        public void Log(string message)
        {
        }

        public void LogLine(string message)
        {
        }

        public void Log(string level, string message, params object[] args)
        {
        }

        public void Log(string level, Exception exception, string message, params object[] args)
        {
        }
    }
}
