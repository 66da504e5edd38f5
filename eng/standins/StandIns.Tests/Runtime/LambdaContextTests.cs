using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Time.Testing;

namespace StandIns.Tests.Runtime;

public sealed class LambdaContextTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 18, 19, 29, TimeSpan.Zero));

    [Fact]
    public void RemainingTime_Is_The_Time_To_The_Deadline()
    {
        using var invocation = new Invocation("id", new MemoryStream())
        {
            DeadlineMs = _time.GetUtcNow().AddSeconds(29).ToUnixTimeMilliseconds(),
        };
        var context = Context(invocation);
        Assert.Equal(TimeSpan.FromSeconds(29), context.RemainingTime);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(-1), context.RemainingTime);
    }

    [Fact]
    public void Context_Has_Empty_Client_Data_When_The_Headers_Are_Missing()
    {
        using var invocation = new Invocation("id", new MemoryStream());

        var context = Context(invocation);

        Assert.Null(context.ClientContext.Client);
        Assert.Null(context.Identity.IdentityId);
        Assert.Null(context.TraceId);
    }

    private LambdaContext Context(Invocation invocation) =>
        new(invocation, new LogWriter(TextWriter.Null, new LogSettings(LogFormat.Text, default), _time), null, _time);
}
