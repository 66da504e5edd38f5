using S3Lister.Listing.S3;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// Cuts the keys that were listed into ranges with about equal numbers of keys. It keeps samples of the keys, so its memory does
/// not grow with their number.
/// </summary>
/// <remarks>
/// A sample is a text between two consecutive keys, with the number of keys from the sample before. Pages arrive in any order,
/// but the keys of a page are consecutive, so these numbers are exact. If there are too many samples, neighbors are merged: of
/// two texts, one remains. A later page that lies between the two is then counted on one side of all their keys. The remaining
/// text is the right one and the left one in turn; otherwise, keys would move in one direction with every merge.
/// <code>
/// keys               a b c d e f g h i j k
/// samples               3|    3|    3|  2
/// merged to the right         6|    3|  2
/// merged to the left    3|    6          2
/// </code>
/// </remarks>
/// <param name="ranges">The number of ranges, 2 to 64.</param>
internal sealed class KeySplits(int ranges)
{
    /// <summary>
    /// The limit for the number of samples: 0.6 MB with keys of 100 bytes, 4.4 MB with keys of the maximum length.
    /// </summary>
    private const int Capacity = 4096;

    private readonly List<Sample> _samples = [];
    private long _keys;
    private bool _mergesToTheLeft;

    /// <summary>The number of samples, which <see cref="Add"/> keeps at or below 4096.</summary>
    public int Samples => _samples.Count;

    /// <summary>
    /// The number of keys that a merged sample may have. Two neighbors have more after merging, so at most half of the samples
    /// remain. With 64 ranges, it is a sixteenth of the mean.
    /// </summary>
    private long MaxWeight => Math.Max(1, 4 * _keys / Capacity);

    /// <summary>Adds the first <paramref name="objects"/> objects of a page.</summary>
    public void Add(S3Page page, int objects)
    {
        _keys += objects;
        var step = (int)Math.Min(MaxWeight, ListingLimits.MaxKeys);
        var sampled = 0;
        for (var from = 0; from < objects; from += step)
        {
            for (var at = Math.Min(from + step, objects) - 1; at >= from; at--)
            {
                if (at + 1 < page.ObjectCount && KeySeparator.Between(page.Object(at).Key, page.Object(at + 1).Key) is { } text)
                {
                    _samples.Add(new(text, at + 1 - sampled, 0));
                    sampled = at + 1;
                    break;
                }
            }
        }

        // Keys of a page that has no sample, such as a single key, are not counted.
        if (sampled > 0)
        {
            _samples[^1] = _samples[^1] with { After = objects - sampled };
        }

        if (_samples.Count > Capacity)
        {
            Merge();
        }
    }

    /// <summary>
    /// Texts in ascending order, each of them between two listed keys: one less than ranges, or fewer if there are few keys.
    /// </summary>
    public List<byte[]> Find()
    {
        Sort();
        var total = _samples.Sum(static sample => sample.Weight);
        List<byte[]> splits = [];
        var (next, position) = (0, 0L);
        for (var range = 1; range < ranges && next < _samples.Count; range++)
        {
            // The sample nearest to where this range should end.
            var end = (double)total * range / ranges;
            var distance = double.MaxValue;
            var nearest = -1;
            for (; next < _samples.Count; next++)
            {
                var at = position + _samples[next].Before;
                if (at == total || Math.Abs(at - end) > distance)
                {
                    break;
                }

                (nearest, distance) = (next, Math.Abs(at - end));
                position = at + _samples[next].After;
            }

            if (nearest >= 0)
            {
                splits.Add(_samples[nearest].Text);
            }
        }

        return splits;
    }

    private void Merge()
    {
        Sort();
        var kept = 0;
        for (var i = 1; i < _samples.Count; i++)
        {
            var (left, right) = (_samples[kept], _samples[i]);
            if (left.Weight + right.Weight <= MaxWeight)
            {
                _samples[kept] = _mergesToTheLeft
                    ? left with { After = left.After + right.Weight }
                    : right with { Before = left.Weight + right.Before };
            }
            else
            {
                _samples[++kept] = right;
            }
        }

        _mergesToTheLeft = !_mergesToTheLeft;
        _samples.RemoveRange(kept + 1, _samples.Count - kept - 1);
    }

    private void Sort() => _samples.Sort(static (left, right) => left.Text.AsSpan().SequenceCompareTo(right.Text));

    /// <param name="Text">Is not a key.</param>
    /// <param name="Before">The number of keys from the sample before to this one.</param>
    /// <param name="After">The number of further keys that belong to no later sample.</param>
    private readonly record struct Sample(byte[] Text, long Before, long After)
    {
        public long Weight => Before + After;
    }
}
