using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.S3.Model;
using NSubstitute;
using NSubstitute.ClearExtensions;

namespace S3Lister.Tests.Fuzz;

/// <summary>
/// The handlers in front of an S3 that answers as S3 does, so that whatever is wrong with an answer is wrong with the
/// request or with us. One for each thread.
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

    public Envelope ListObjects(APIGatewayHttpApiV2ProxyRequest request) => Answer(_s3.Functions.ListObjects(request, new FunctionContext()));

    public Envelope Health(APIGatewayHttpApiV2ProxyRequest request) => Answer(_s3.Functions.Health(request, new FunctionContext()));

    /// <summary>Nothing here waits: S3's answers are there at once. A million calls are not to be remembered.</summary>
    private Envelope Answer(Task<IHttpResult> answer)
    {
        Assert.True(answer.IsCompleted);
        _s3.S3.ClearReceivedCalls();
        _s3.Metrics.SetLength(0);
        return Envelope.Of(answer.Result);
    }
}
