using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Time.Testing;

namespace StandIns.Tests.Runtime;

public sealed class LambdaContextTests
{
    [Fact]
    public void RemainingTime_Is_The_Time_Until_The_Deadline()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 18, 19, 29, TimeSpan.Zero));
        LambdaContext context = new(
            new Invocation("id", []) { DeadlineMs = time.GetUtcNow().AddSeconds(29).ToUnixTimeMilliseconds() }, null!, time);
        Assert.Equal(TimeSpan.FromSeconds(29), context.RemainingTime);

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(-1), context.RemainingTime);
    }
}
