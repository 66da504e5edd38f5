using System.Net;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.Core;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Pipeline;
using S3Lister.Listing.S3.Client;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Functions.Pipeline;

/// <summary>A response is returned even if logs or metrics cannot be written.</summary>
public sealed class ReportingTests
{
    public static TheoryData<Exception> Failures =>
    [
        new IOException("No space left on device"), new ObjectDisposedException("stdout"), new NotSupportedException(), new UnauthorizedAccessException(),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Response_Is_Returned_When_Standard_Output_Cannot_Be_Written(Exception failure)
    {
        using BrokenStream output = new(failure);
        FunctionContext context = new();

        var response = Envelope.Of(await RunAsync(output, context));

        Assert.Equal((200, "{}"), (response.Status, response.Body));
        Assert.Single(context.Log.Lines);
        Assert.Equal(1, output.Attempts);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Response_Is_Returned_And_Metrics_Are_Written_When_The_Log_Cannot_Be_Written(Exception failure)
    {
        using MemoryStream output = new();

        var response = Envelope.Of(await RunAsync(output, new FunctionContext { Other = new BrokenLogger(failure) }));

        Assert.Equal((200, "{}"), (response.Status, response.Body));
        Assert.NotEqual(0, output.Length);
    }

    private static Task<IHttpResult> RunAsync(Stream output, FunctionContext context) =>
        new RequestPipeline(new MetricsLog(output, TimeProvider.System), new S3Connector(TimeProvider.System), TimeProvider.System).RunAsync(
            GatewayEvent.Get("/objects"), context, call => Task.FromResult(call.Render(new Empty())));

    private sealed class Empty() : HttpResult(HttpStatusCode.OK, "application/json")
    {
        protected override void WriteBody(Utf8Buffer body) => body.Append("{}"u8);
    }

    private sealed class BrokenLogger(Exception failure) : ILambdaLogger
    {
        public void Log(string message) => throw failure;

        public void LogLine(string message) => throw failure;

        public void Log(string level, string message, params object[] args) => throw failure;

        public void Log(string level, Exception exception, string message, params object[] args) => throw failure;
    }

    private sealed class BrokenStream(Exception failure) : MemoryStream
    {
        public int Attempts { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Attempts++;
            throw failure;
        }
    }
}
