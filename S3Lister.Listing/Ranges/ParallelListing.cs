using System.Text;
using System.Threading.Channels;
using S3Lister.Listing.S3;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// Lists the remaining ranges in parallel. One loop owns the ranges and handles S3's pages one after another; only waiting
/// for S3 is parallel.
/// </summary>
/// <param name="reader">Requests the pages.</param>
/// <param name="ranges">The ranges to list.</param>
/// <param name="requestBudget">The maximum number of LIST requests to send.</param>
/// <param name="cost">Where requests and listed objects are counted.</param>
/// <param name="time">The clock of pauses and rates.</param>
/// <param name="add">
/// Adds the first objects of a page, given the range that they belong to and their number. The page is disposed of afterwards.
/// </param>
/// <param name="deadline">When to stop without waiting for S3.</param>
/// <param name="softDeadline">When to send no more requests: those in flight are still added.</param>
internal sealed class ParallelListing(
    S3PageReader reader, KeyRanges ranges, int requestBudget, S3Cost cost, TimeProvider time, Action<KeyRange, S3Page, int> add,
    CancellationToken deadline, CancellationToken softDeadline = default) : IAsyncDisposable
{
    /// <summary>
    /// The number of requests that may find no keys: as many as have found keys, up to this number, plus a share of all
    /// requests.
    /// </summary>
    private const int FreeTries = 64;
    private const double TriesShare = 0.02;

    /// <summary>The limit for the responses of all requests in flight, in bytes.</summary>
    private const int MaxBytesInFlight = 32 * 1024 * 1024;

    /// <summary>
    /// The SDK leaves about 45 KB of garbage per response. Without these collections, ten million keys take 55 MB instead of 43
    /// and the same CPU time, even with the small <c>DOTNET_GCgen0size</c> of <c>serverless.template</c>.
    /// </summary>
    private const int PagesPerCollection = 64;

    /// <summary>How long S3 may fail without a success before the listing ends.</summary>
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(ranges.Prefix);
    private readonly RequestWindow _window = new(time);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(deadline);
    private readonly Channel<Response> _responses = Channel.CreateUnbounded<Response>(new() { SingleReader = true });
    private int _pages;
    private int _largestPage = 1;
    private long _lastSuccess = time.GetTimestamp();
    private int _inFlight;
    private int _sent;
    private bool _hasBegun;
    private bool _isEnding;
    private UpstreamException? _lastFailure;

    /// <summary>The number of requests that may be in flight.</summary>
    private int MaxInFlight => Math.Min(_window.Size, Math.Max(1, MaxBytesInFlight / _largestPage));

    /// <summary>Lists until all ranges are complete, the budget is spent, S3 fails, or a deadline comes.</summary>
    /// <returns>The failure that ended the listing; null where S3 did not end it.</returns>
    public async Task<UpstreamException?> RunAsync()
    {
        try
        {
            for (Send(); _inFlight > 0; Send())
            {
                var response = await _responses.Reader.ReadAsync(deadline);
                _inFlight--;

                // Requests in flight are paid for: a listing that ends waits for them, unless S3 has failed for too long.
                _isEnding |= !Handle(response);
                if (_isEnding && time.GetElapsedTime(_lastSuccess) >= StallTimeout)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The pages so far have been added, and the ranges say what remains.
        }

        return _lastFailure;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        for (; _inFlight > 0; _inFlight--)
        {
            (await _responses.Reader.ReadAsync(CancellationToken.None)).Page?.Dispose();
        }

        _stop.Dispose();
    }

    private void Send()
    {
        while (!_isEnding && !softDeadline.IsCancellationRequested && _inFlight < MaxInFlight && _sent < requestBudget)
        {
            if (ranges.Ready() is { } ready)
            {
                Send(ready, null);
            }
            else if (MinGain() is { } minGain && ranges.Divide(minGain) is var (range, level))
            {
                Send(range, level);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>
    /// How much a cut must gain, as a factor of 1 or more: the fewer requests may still find no keys, the more one must gain.
    /// </summary>
    /// <returns>Null where no request may be risked.</returns>
    private double? MinGain()
    {
        var completed = _sent - _inFlight;
        var fullPages = cost.Scanned / ranges.PageSize;
        var wasted = completed - fullPages + ranges.Unproven;
        var allowed = Math.Min(FreeTries, 1 + fullPages) + (completed * TriesShare);
        return wasted < allowed ? allowed / (allowed - wasted) : null;
    }

    private void Send(KeyRange range, byte[]? level)
    {
        range.IsReading |= level is null;
        _sent++;
        _inFlight++;
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

#pragma warning disable CA2000 // The loop that handles the responses disposes of it.
            var page = await reader.ReadAsync(Request(range, level), cost, _stop.Token);
#pragma warning restore CA2000
            _responses.Writer.TryWrite(new(range, level, page, null, started));
        }
#pragma warning disable CA1031 // The loop that handles the responses handles it, or throws it again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _responses.Writer.TryWrite(new(range, level, null, exception, started));
        }
    }

    private S3PageRequest Request(KeyRange range, byte[]? level)
    {
        var startAfter = range.Position is null ? null : ranges.Prefix + Encoding.UTF8.GetString(range.Position);
        byte[] after = range.Position is null ? [] : [.. _prefix, .. range.Position];
        return level is null
            ? new(ranges.Prefix, null, startAfter, range.Token, after, ranges.PageSize, range.IsTokenFromCaller)
            : new(ranges.Prefix + Encoding.UTF8.GetString(level), "/", startAfter, null, default, ranges.PageSize);
    }

    /// <returns>False where the listing ends.</returns>
    private bool Handle(Response response)
    {
        response.Range.IsReading &= response.Level is not null;
        if (response.Page is null)
        {
            return HandleFailure(response);
        }

        using var page = response.Page;
        _lastSuccess = time.GetTimestamp();
        response.Range.Failures = 0;
        _window.RecordSuccess(wasFull: _inFlight + 1 >= MaxInFlight);
        _largestPage = Math.Max(_largestPage, page.Bytes);
        if (++_pages % PagesPerCollection == 0)
        {
            GC.Collect(0);
        }

        if (response.Level is not null)
        {
            ranges.AddFolders(page);
            return true;
        }

        if (!TryAdvance(response.Range, page, out var keys))
        {
            return false;
        }

        if (keys is { } counted)
        {
            _hasBegun = true;
            _lastFailure = _isEnding ? _lastFailure : null; // The failure that ends the listing remains.
            cost.Scanned += counted;
            add(response.Range, page, counted);
        }

        return true;
    }

    /// <returns>False where S3's tokens form a loop: nothing of this page is added, everything of the pages before is.</returns>
    private bool TryAdvance(KeyRange range, S3Page page, out int? keys)
    {
        try
        {
            keys = ranges.Advance(range, page);
            return true;
        }
        catch (UpstreamException loop)
        {
            (keys, _lastFailure) = (null, loop);
            return false;
        }
    }

    private bool HandleFailure(Response response)
    {
        if (response.Failure is not UpstreamException failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(response.Failure!);
            return false;
        }

        if (failure.Cause == UpstreamCause.Throttled)
        {
            _window.BackOff(response.Started);
        }

        if (response.Level is not null)
        {
            ranges.AddFolders(null); // Folders only suggest where to cut; a failing S3 fails the ranges themselves.
            return true;
        }

        _lastFailure = failure;
        response.Range.Failures++;
        return failure.IsTransient
            && (_hasBegun || failure.Cause == UpstreamCause.Throttled)
            && time.GetElapsedTime(_lastSuccess) < StallTimeout;
    }

    /// <param name="Level">The folder whose folders were requested; null for a page of the range.</param>
    private sealed record Response(KeyRange Range, byte[]? Level, S3Page? Page, Exception? Failure, long Started);
}
