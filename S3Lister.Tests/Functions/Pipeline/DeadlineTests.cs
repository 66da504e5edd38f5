using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using S3Lister.Functions.Pipeline;

namespace S3Lister.Tests.Functions.Pipeline;

public sealed class DeadlineTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Deadline_Is_A_Second_Before_Lambdas()
    {
        using var deadline = Deadline.For(new FunctionContext { RemainingTime = TimeSpan.FromSeconds(29) }, _time);

        _time.Advance(TimeSpan.FromMilliseconds(27_999));
        Assert.False(deadline.IsCancellationRequested);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.IsCancellationRequested);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(999)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Deadline_Has_Passed_When_There_Is_Only_Time_To_Respond(int milliseconds)
    {
        using var deadline = Deadline.For(new FunctionContext { RemainingTime = TimeSpan.FromMilliseconds(milliseconds) }, _time);

        Assert.True(deadline.IsCancellationRequested);
    }

    [Theory]
    [InlineData("49.17:02:48")]
    [InlineData("3650.00:00:00")]
    [InlineData("10675199.02:48:05.4775807")]
    public void Deadline_Is_That_Of_The_Longest_Invocation_When_The_Clock_Was_Set_Back(string remaining)
    {
        FunctionContext context = new() { RemainingTime = TimeSpan.Parse(remaining, CultureInfo.InvariantCulture) };
        using var deadline = Deadline.For(context, _time);

        _time.Advance(TimeSpan.FromSeconds(898));
        Assert.False(deadline.IsCancellationRequested);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public void Deadline_Has_Passed_When_The_Clock_Was_Set_To_Its_Maximum()
    {
        using var deadline = Deadline.For(new FunctionContext { RemainingTime = TimeSpan.MinValue }, _time);

        Assert.True(deadline.IsCancellationRequested);
    }
}
