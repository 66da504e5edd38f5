using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.S3.Model;
using NSubstitute;
using NSubstitute.ClearExtensions;

namespace S3Lister.Tests.Fuzz;

/// <summary>
/// The handlers with an S3 that responds as S3 does, so that a wrong response is the fault of the request or of the
/// service. One instance for each thread.
/// </summary>
internal sealed class FuzzedApi
{
    public const string All = "arn:aws:iam::123456789012:user/all";
    public const string TeamA = "arn:aws:sts::123456789012:assumed-role/team-a/session";

    private readonly S3Double _s3 = new(options => options with
    {
        Grants =
        [
            new(All, [""]),
            new("arn:aws:iam::123456789012:role/team-a", ["team-a/"]),
        ],
    });

    public FuzzedApi()
    {
        _s3.S3.ClearSubstitute();
        _s3.S3.ListObjectsV2Async(Arg.Any<ListObjectsV2Request>(), Arg.Any<CancellationToken>())
            .Returns(call => ListBucketResultXml.Respond(SmallBucket.List(call.Arg<ListObjectsV2Request>())));
    }

    public static APIGatewayHttpApiV2ProxyRequest Request(string? query, string userArn = All, params ReadOnlySpan<(string Name, string? Value)> headers)
    {
        var request = GatewayEvent.Get("/objects", "", userArn);
        request.RawQueryString = query;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value!;
        }

        return request;
    }

    public Envelope ListObjects(APIGatewayHttpApiV2ProxyRequest request) => Respond(_s3.Functions.ListObjects(request, new FunctionContext()));

    public Envelope Health(APIGatewayHttpApiV2ProxyRequest request) => Respond(_s3.Functions.Health(request, new FunctionContext()));

    /// <summary>S3 responds synchronously. The recorded calls are cleared, because a million of them would need too much memory.</summary>
    private Envelope Respond(Task<IHttpResult> response)
    {
        Assert.True(response.IsCompleted);
        _s3.S3.ClearReceivedCalls();
        _s3.Metrics.SetLength(0);
        return Envelope.Of(response.Result);
    }
}
