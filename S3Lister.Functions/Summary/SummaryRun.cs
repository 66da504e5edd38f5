using System.Text;
using System.Threading.Channels;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Summary;

/// <summary>One call's requests to S3, and what comes of them.</summary>
internal sealed class SummaryRun(
    S3PageReader reader, SummaryQuery query, KeyRanges ranges, Tally tally, S3Cost cost, int requestBudget,
    int pageSize, TimeProvider time, CancellationToken deadline) : IAsyncDisposable
{
    /// <summary>
    /// Requests that may come to nothing: as many as came to something, up to so many, and beyond a share of all.
    /// </summary>
    private const int FreeTries = 64;
    private const double TriesShare = 0.03;

    /// <summary>Bytes that the answers to all requests under way may take.</summary>
    private const int Room = 24 * 1024 * 1024;

    /// <summary>
    /// An answer leaves some 45 KB of garbage of the SDK's, and the collector lets it grow with the processor's cache: to
    /// hundreds of megabytes on a large machine. What is alive is little, so collecting costs less than it saves.
    /// </summary>
    private const int AnswersPerCollection = 64;

    /// <summary>How long S3 may fail without a success in between before the call ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly int _prefixLength = Encoding.UTF8.GetByteCount(query.Prefix);
    private readonly RequestWindow _window = new(time);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(deadline);
    private readonly Channel<Answer> _answers = Channel.CreateUnbounded<Answer>(new() { SingleReader = true });
    private int _taken;
    private int _longest = 1;
    private long _lastSuccess = time.GetTimestamp();
    private int _underWay;
    private int _sent;
    private bool _hasBegun;
    private bool _isEnding;
    private UpstreamException? _lastFailure;

    /// <summary>Until everything is listed or something ends it.</summary>
    /// <returns>The last failure of S3's where ranges remain; null where it had none.</returns>
    public async Task<UpstreamException?> RunAsync()
    {
        try
        {
            for (Send(); _underWay > 0; Send())
            {
                var answer = await _answers.Reader.ReadAsync(deadline);
                _underWay--;

                // What is under way is paid for: a call that ends waits for it, unless S3 has been failing for long.
                _isEnding |= !Take(answer);
                if (_isEnding && time.GetElapsedTime(_lastSuccess) >= Patience)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What is listed so far is in the sums, and the ranges know what is not.
        }

        return _lastFailure;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        for (; _underWay > 0; _underWay--)
        {
            (await _answers.Reader.ReadAsync(CancellationToken.None)).Page?.Dispose();
        }

        _stop.Dispose();
    }

    /// <summary>How many requests there may be under way.</summary>
    private int Most => Math.Min(_window.Size, Math.Max(1, Room / _longest));

    private void Send()
    {
        while (!_isEnding && _underWay < Most && _sent < requestBudget)
        {
            if (ranges.Ready() is { } ready)
            {
                Send(ready, null);
            }
            else if (Price() is { } price && ranges.Divide(price) is var (range, level))
            {
                Send(range, level);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>What one more request that may come to nothing must bring: the more, the fewer of them are left.</summary>
    /// <returns>Null where none is.</returns>
    private double? Price()
    {
        var answered = _sent - _underWay;
        var wasted = answered - (cost.Scanned / pageSize) + ranges.Unproven;
        var allowed = Math.Min(FreeTries, 1 + (cost.Scanned / pageSize)) + (answered * TriesShare);
        return wasted < allowed ? allowed / (allowed - wasted) : null;
    }

    private void Send(KeyRange range, byte[]? level)
    {
        range.IsReading |= level is null;
        _sent++;
        _underWay++;
        _ = ReadAsync(range, level);
    }

    private async Task ReadAsync(KeyRange range, byte[]? level)
    {
        var started = time.GetTimestamp();
        try
        {
            if (range.Failures > 0)
            {
                var pause = FirstPause * Math.Pow(2, Math.Min(range.Failures, 10));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, time, _stop.Token);
                started = time.GetTimestamp();
            }

            var startAfter = range.Position is null ? null : query.Prefix + Encoding.UTF8.GetString(range.Position);
            var request = level is null
                ? new S3PageRequest(
                    query.Prefix, null, startAfter, range.Token, Key(range.Position), pageSize, range.IsTokenFromCaller)
                : new S3PageRequest(
                    query.Prefix + Encoding.UTF8.GetString(level), "/", startAfter, null, default, pageSize);
#pragma warning disable CA2000 // The loop that reads the answers disposes of it.
            var page = await reader.ReadAsync(request, cost, _stop.Token);
#pragma warning restore CA2000
            _answers.Writer.TryWrite(new(range, level, page, null, started));
        }
#pragma warning disable CA1031 // It is thrown on, or dealt with, by the loop that reads the answers.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _answers.Writer.TryWrite(new(range, level, null, exception, started));
        }
    }

    private byte[] Key(byte[]? position) => position is null ? [] : [.. Encoding.UTF8.GetBytes(query.Prefix), .. position];

    /// <returns>False where the call ends.</returns>
    private bool Take(Answer answer)
    {
        var range = answer.Range;
        range.IsReading &= answer.Level is not null;
        if (answer.Page is null)
        {
            return Fail(answer);
        }

        using var page = answer.Page;
        _lastSuccess = time.GetTimestamp();
        range.Failures = 0;
        _window.Succeed(wasFull: _underWay + 1 >= Most);
        _longest = Math.Max(_longest, page.Bytes);
        if (++_taken % AnswersPerCollection == 0)
        {
            GC.Collect(0);
        }

        if (answer.Level is not null)
        {
            ranges.TakeFolders(page, _prefixLength);
            return true;
        }

        int? keys;
        try
        {
            keys = ranges.Take(range, page, _prefixLength);
        }
        catch (UpstreamException circle)
        {
            _lastFailure = circle; // Nothing of this page is in the sums, and all of the pages before.
            return false;
        }

        if (keys is { } counted)
        {
            _hasBegun = true;
            _lastFailure = _isEnding ? _lastFailure : null; // What ends the call stays its failure.
            cost.Scanned += counted;
            tally.Add(page, counted);
        }

        return true;
    }

    private bool Fail(Answer answer)
    {
        if (answer.Failure is not UpstreamException failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(answer.Failure!);
            return false;
        }

        if (failure.Cause == UpstreamCause.Throttled)
        {
            _window.SlowDown(answer.Started);
        }

        if (answer.Level is not null)
        {
            ranges.TakeFolders(null, _prefixLength); // Folders only say where to cut; the ranges themselves find out what S3 is up to.
            return true;
        }

        _lastFailure = failure;
        answer.Range.Failures++;
        return failure.IsTransient
            && (_hasBegun || failure.Cause == UpstreamCause.Throttled)
            && time.GetElapsedTime(_lastSuccess) < Patience;
    }

    /// <param name="Level">The folder whose folders were asked for; null for a page of the range.</param>
    private sealed record Answer(KeyRange Range, byte[]? Level, S3Page? Page, Exception? Failure, long Started);
}
