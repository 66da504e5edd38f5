using System.Text;
using System.Threading.Channels;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Summary;

/// <summary>One call's requests to S3, and what comes of them.</summary>
internal sealed class SummaryRun(
    S3PageReader reader, SummaryQuery query, KeyRanges ranges, Tally tally, S3Cost cost, int requestBudget,
    int pageSize, TimeProvider time, CancellationToken deadline) : IAsyncDisposable
{
    /// <summary>Requests that may come to nothing: half as many as there were, up to so many, and beyond a share of all.</summary>
    private const int FreeTries = 32;
    private const double TriesShare = 0.04;

    /// <summary>
    /// An answer leaves some 45 KB of garbage of the SDK's, and the collector lets it grow with the processor's cache: to
    /// hundreds of megabytes on a large machine. What is alive is little, so collecting costs less than it saves.
    /// </summary>
    private const int AnswersPerCollection = 64;

    /// <summary>Without an answer for so long S3 lets nothing through.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly int _prefixLength = Encoding.UTF8.GetByteCount(query.Prefix);
    private readonly RequestWindow _window = new(time);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(deadline);
    private readonly Channel<Answer> _answers = Channel.CreateUnbounded<Answer>(new() { SingleReader = true });
    private int _taken;
    private long _lastSuccess = time.GetTimestamp();
    private int _underWay;
    private int _sent;
    private bool _hasBegun;

    /// <summary>Until nothing is left or something ends it.</summary>
    public async Task RunAsync()
    {
        for (Send(); _underWay > 0; Send())
        {
            Answer answer;
            try
            {
                answer = await _answers.Reader.ReadAsync(deadline);
            }
            catch (OperationCanceledException) when (_hasBegun)
            {
                return;
            }

            _underWay--;
            if (!Take(answer))
            {
                return;
            }
        }
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

    private void Send()
    {
        while (_underWay < _window.Size && _sent < requestBudget)
        {
            if (ranges.Ready() is { } ready)
            {
                Send(ready, null);
            }
            else if (MayTry() && ranges.Divide() is var (range, level))
            {
                Send(range, level);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Whether one more request may come to nothing: those that did are few so far.</summary>
    private bool MayTry()
    {
        var (answered, unproven) = (_sent - _underWay, ranges.Unproven);
        var wasted = answered - (cost.Scanned / pageSize) + unproven;
        return wasted < Math.Min(FreeTries, 1 + (answered / 2)) + (answered * TriesShare);
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
                    query.Prefix, null, startAfter, range.Token, Key(range.Position), pageSize)
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

    /// <returns>False where S3 lets nothing through.</returns>
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
        _window.Succeed();
        if (++_taken % AnswersPerCollection == 0)
        {
            GC.Collect(0);
        }

        if (answer.Level is { } level)
        {
            ranges.TakeFolders(range, page, level, _prefixLength);
            return true;
        }

        if (ranges.Take(range, page, _prefixLength) is { } keys)
        {
            _hasBegun = true;
            cost.Scanned += keys;
            tally.Add(page, keys);
        }

        return true;
    }

    private bool Fail(Answer answer)
    {
        answer.Range.IsScouting &= answer.Level is null;
        if (answer.Failure is UpstreamException { Cause: UpstreamCause.Throttled })
        {
            _window.SlowDown(answer.Started);
        }
        else if (answer.Failure is not UpstreamException { Cause: UpstreamCause.ServerError or UpstreamCause.Unreachable } || !_hasBegun)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(answer.Failure!);
        }

        answer.Range.Failures++;
        if (time.GetElapsedTime(_lastSuccess) < Patience)
        {
            return true;
        }

        if (!_hasBegun)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(answer.Failure!);
        }

        return false;
    }

    /// <param name="Level">The folder whose folders were asked for; null for a page of the range.</param>
    private sealed record Answer(KeyRange Range, byte[]? Level, S3Page? Page, Exception? Failure, long Started);
}
