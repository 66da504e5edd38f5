using Microsoft.Extensions.Time.Testing;
using S3Lister.Listing.Ranges;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class RequestWindowTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Window_Grows_To_Its_Bound_While_Answers_Come_Faster()
    {
        RequestWindow window = new(_time);

        Serve(window, answersASecond: size => size * 30, answers: 300);

        Assert.Equal(RequestWindow.MaxSize, window.Size);
    }

    [Fact]
    public void Window_Stays_Small_When_More_At_Once_Makes_Nothing_Faster()
    {
        RequestWindow window = new(_time);

        Serve(window, answersASecond: size => Math.Min(size, 8) * 30, answers: 3000);

        Assert.InRange(window.Size, 8, 20);
    }

    /// <summary>Where there is not enough to ask for, that more at once brings nothing says nothing of S3.</summary>
    [Fact]
    public void Window_Is_Not_Judged_While_There_Is_Room_In_It()
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
    public void Window_Halves_Once_For_All_That_Were_On_Their_Way_And_Grows_Again()
    {
        RequestWindow window = new(_time);
        Serve(window, answersASecond: size => size * 30, answers: 300);
        var sent = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(30));

        window.BackOff(sent);
        window.BackOff(sent);
        var halved = window.Size;
        Serve(window, answersASecond: size => size * 30, answers: 300);

        Assert.Equal(RequestWindow.MaxSize / 2, halved);
        Assert.InRange(window.Size, halved + 2, RequestWindow.MaxSize);
    }

    [Fact]
    public void Window_Is_Never_Closed()
    {
        RequestWindow window = new(_time);
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            window.BackOff(_time.GetTimestamp());
        }

        Assert.Equal(1, window.Size);
    }

    private void Serve(RequestWindow window, Func<int, double> answersASecond, int answers)
    {
        for (var i = 0; i < answers; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1 / answersASecond(window.Size)));
            window.RecordSuccess(wasFull: true);
        }
    }
}
