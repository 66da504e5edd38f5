using System.Text;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class ParallelListingTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 1000).Select(static number => $"{number:000}")];

    [Fact]
    public async Task Listing_Adds_Requests_In_Flight_And_Sends_No_More_When_The_Soft_Deadline_Has_Passed()
    {
        using CancellationTokenSource softDeadline = new();
        var s3 = Bucket();
        KeyRanges ranges = new("", [new(null, null)], pageSize: 10, maxLength: 100_000);
        List<string> added = [];
        S3Cost cost = new();

        await using ParallelListing listing = new(
            s3.Reader, ranges, int.MaxValue, cost, TimeProvider.System, Add, CancellationToken.None, softDeadline.Token);
        await listing.RunAsync();

        Assert.Equal(s3.Requests.Count, cost.Requests);
        Assert.InRange(added.Count, 100, 990);
        Assert.Equal(Keys, added.Concat(Keys.Where(IsRemaining)).Order(StringComparer.Ordinal));

        void Add(KeyRange range, S3Page page, int objects)
        {
            for (var i = 0; i < objects; i++)
            {
                Assert.True(range.Covers(page.Object(i).Key));
                added.Add(Encoding.UTF8.GetString(page.Object(i).Key));
            }

            if (added.Count >= 100)
            {
                softDeadline.Cancel();
            }
        }

        bool IsRemaining(string key) => ranges.Remaining.Any(range =>
            range.Covers(Encoding.UTF8.GetBytes(key)) && Encoding.UTF8.GetBytes(key).AsSpan().SequenceCompareTo(range.Position) > 0);
    }

    [Fact]
    public async Task Weights_Of_A_Cut_Range_Add_Up_To_Its_Estimate()
    {
        KeyRanges ranges = new("", [new(null, null)], pageSize: 10, maxLength: 100_000);
        await using ParallelListing listing = new(
            Bucket().Reader, ranges, requestBudget: 2, new S3Cost(), TimeProvider.System, static (_, _, _) => { }, CancellationToken.None);
        await listing.RunAsync();
        var before = ranges.Remaining.Sum(static range => range.Weight);

        var cut = ranges.Divide(1);

        Assert.Null(cut!.Value.Range.First);
        Assert.InRange(cut.Value.Range.Weight, 1, before);
        Assert.Equal(before, ranges.Remaining.Sum(static range => range.Weight), precision: 6);
    }

    private static S3Double Bucket() => new S3Double().RespondsToEach(request =>
    {
        var after = request.ContinuationToken ?? request.StartAfter ?? "";
        var keys = Keys.Where(key => string.CompareOrdinal(key, after) > 0).Take(request.MaxKeys ?? 1000).ToArray();
        return (keys, keys.Length > 0 && keys[^1] != Keys[^1] ? keys[^1] : null);
    });
}
