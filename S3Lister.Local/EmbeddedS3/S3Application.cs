using Microsoft.AspNetCore.Http.Features;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>What every request goes through: identification, authentication, weather, then its operation.</summary>
internal sealed class S3Application(EmbeddedS3Options options)
{
    private readonly S3Service _service = new(options);
    private ulong _requests;

    public RequestCounters Requests { get; } = new();

    public RequestWeather Weather { get; } = new(options.TimeProvider);

    public async Task HandleAsync(HttpContext context)
    {
        // Looks like S3's, and no two are the same: an odd factor permutes the numbers.
        const ulong Odd = 0x9E3779B97F4A7C15;
        var requestId = (Interlocked.Increment(ref _requests) * Odd).ToString("X16", null);
        context.Response.Headers["x-amz-request-id"] = requestId;
        if (context.Request.Headers.Expect.Count > 0 && (context.Request.ContentLength ?? 0) == 0)
        {
            CloseAfterwards(context);
        }

        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var target = S3Target.Parse(rawTarget, context.Request.Host.Host);
        var error = await AnswerAsync(context, target);
        if (error is not null)
        {
            if (context.Request.Headers.Expect.Count > 0)
            {
                CloseAfterwards(context);
            }

            await S3Response.WriteErrorAsync(context, error, requestId, rawTarget.Split('?')[0]);
        }
    }

    // A final answer may come where 100 Continue was expected: Kestrel sends that only when a body is read. Then
    // botocore takes the next answer on the connection for another final one, loses its first line and waits a minute.
    private static void CloseAfterwards(HttpContext context) => context.Response.Headers.Connection = "close";

    private async Task<S3Error?> AnswerAsync(HttpContext context, S3Target? target)
    {
        var route = target is null ? default : S3Route.Of(context.Request.Method, target);
        Requests.Count(route.Operation);
        await Weather.DelayAsync(context.RequestAborted);
        if (target is null)
        {
            return S3Error.InvalidUri;
        }

        if (Weather.Throttles())
        {
            Requests.CountThrottled();
            return S3Error.SlowDown;
        }

        return options.Authenticate(context) ?? await S3Dispatcher.AnswerAsync(context, _service, target, route);
    }
}
