using Microsoft.Extensions.Time.Testing;
using S3Lister.Listing.Ranges;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class RequestWindowTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Window_Grows_To_Its_Maximum_While_Responses_Arrive_Faster()
    {
        RequestWindow window = new(_time);

        Serve(window, responsesPerSecond: size => size * 30, responses: 300);

        Assert.Equal(RequestWindow.MaxSize, window.Size);
    }

    [Fact]
    public void Window_Stays_Small_When_Concurrency_Does_Not_Help()
    {
        RequestWindow window = new(_time);

        Serve(window, responsesPerSecond: size => Math.Min(size, 8) * 30, responses: 3000);

        Assert.InRange(window.Size, 8, 20);
    }

    /// <summary>If there are too few ranges for the window, the throughput says nothing about S3.</summary>
    [Fact]
    public void Window_Does_Not_Shrink_While_It_Is_Not_Full()
    {
        RequestWindow window = new(_time);

        for (var i = 0; i < 300; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(30));
            window.RecordSuccess(wasFull: false);
        }

        Assert.Equal(RequestWindow.MaxSize, window.Size);
    }

    [Fact]
    public void Window_Halves_Once_For_All_Concurrent_Requests_And_Grows_Again()
    {
        RequestWindow window = new(_time);
        Serve(window, responsesPerSecond: size => size * 30, responses: 300);
        var sent = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(30));

        window.BackOff(sent);
        window.BackOff(sent);
        var halved = window.Size;
        Serve(window, responsesPerSecond: size => size * 30, responses: 300);

        Assert.Equal(RequestWindow.MaxSize / 2, halved);
        Assert.InRange(window.Size, halved + 2, RequestWindow.MaxSize);
    }

    [Fact]
    public void Window_Never_Shrinks_Below_One()
    {
        RequestWindow window = new(_time);
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            window.BackOff(_time.GetTimestamp());
        }

        Assert.Equal(1, window.Size);
    }

    private void Serve(RequestWindow window, Func<int, double> responsesPerSecond, int responses)
    {
        for (var i = 0; i < responses; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1 / responsesPerSecond(window.Size)));
            window.RecordSuccess(wasFull: true);
        }
    }
}
