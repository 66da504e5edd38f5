using System.Text;
using CsCheck;
using S3Lister.Listing.Tallies;

namespace S3Lister.Tests.Listing.Tallies;

public sealed class TallyTests
{
    private static readonly Gen<string> Keys = Gen.Select(Gen.Char['a', 'f'], Gen.Char['a', 'c'], Gen.OneOf("/", ""))
        .Select((first, second, slash) => $"{first}{slash}{second}");

    [Fact]
    public void First_Groups_Are_Kept_In_Any_Order_Of_Arrival() =>
        Gen.Select(Keys.Array[0, 40], Gen.Int[0, 5]).Sample((keys, room) =>
        {
            GroupTally groups = new("/"u8.ToArray(), 0, room);
            foreach (var key in keys)
            {
                groups.Add(Encoding.UTF8.GetBytes(key), key.Length);
            }

            var all = keys.Where(key => key.Contains('/', StringComparison.Ordinal)).GroupBy(key => key[..2]).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
            Assert.Equal(
                all.Take(room).Select(group => (group.Key, (long)group.Count(), group.Sum(key => (long)key.Length))),
                groups.All.Select(group => (Encoding.UTF8.GetString(group.Name), group.Sums.Objects, group.Sums.Bytes)));
            Assert.Equal(all.Skip(room).Sum(group => group.Count()), groups.Others.Objects);
            Assert.Equal(keys.Length - all.Sum(group => group.Count()), groups.Ungrouped.Objects);
        });

    [Fact]
    public void Top_Objects_Are_Kept_In_Any_Order_Of_Arrival() =>
        Gen.Select(Gen.Select(Gen.Long[0, 5], Gen.String[Gen.Char['a', 'c'], 0, 6]).Array[0, 60], Gen.Int[0, 12]).Sample((objects, room) =>
        {
            TopObjects top = new(room);
            foreach (var (rank, key) in objects)
            {
                if (top.IsCandidate(rank))
                {
                    top.Offer(rank, Encoding.UTF8.GetBytes(key), rank, default, 0);
                }
            }

            Assert.Equal(
                objects.OrderByDescending(item => item.Item1).ThenBy(item => item.Item2, StringComparer.Ordinal).Take(room),
                top.InOrder.Select(named => (named.Rank, Encoding.UTF8.GetString(named.Key))));
        });
}
