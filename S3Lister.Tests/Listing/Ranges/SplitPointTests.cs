using System.Text;
using System.Text.Unicode;
using CsCheck;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class SplitPointTests
{
    private static readonly Gen<string> Texts = Gen.OneOf("a", "b", "0", "9", "/", "\u0000", "\u007F", "Ä", "日", "\uD7FF", "\uE000", "😀", "\U0010FFFF")
        .Array[0, 5].Select(string.Concat);

    [Fact]
    public void Split_Point_Is_Text_Inside_The_Range_For_Any_Keys() =>
        Gen.Select(Texts.Array[0, 9], Texts, Texts, Gen.Bool, Gen.Double[0.001, 0.999]).Sample((learned, one, other, isOpen, share) =>
        {
            KeyModel model = new();
            Array.ForEach(learned, key => model.Learn(Encoding.UTF8.GetBytes(key)));
            byte[][] edges = [Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other)];
            Array.Sort(edges, KeyComparer.Instance);
            var end = isOpen ? null : edges[1];

            if (SplitPoint.Find(model, edges[0], end, share, 1024) is { } point)
            {
                Assert.True(Utf8.IsValid(point));
                Assert.True(point.AsSpan().SequenceCompareTo(edges[0]) > 0);
                Assert.True(end is null || point.AsSpan().SequenceCompareTo(end) < 0);
            }
        });

    /// <summary>S3 accepts no longer text as start-after.</summary>
    [Theory]
    [InlineData(1023, true)]
    [InlineData(1024, false)]
    public void Split_Point_Is_Missing_When_It_Would_Be_Longer_Than_A_Key(int length, bool isThereOne)
    {
        var position = new string('a', length);

        var point = SplitPoint.Find(new(), Encoding.UTF8.GetBytes(position), Encoding.UTF8.GetBytes(position[..^1] + "b"), 0.5, 1024);

        Assert.Equal(isThereOne, point is not null);
    }

    /// <summary>The middle consists of the characters of the keys.</summary>
    [Theory]
    [InlineData("part-000017", "part-9", "part-4")]
    [InlineData("0a3f", null, "8")]
    [InlineData("2016/01", "2026/12", "2021/0")]
    public void Split_Point_Is_In_The_Middle_Of_Keys_Like_Those_Learned(string after, string? end, string expected)
    {
        KeyModel model = new();
        foreach (var key in (string[])["part-000000", "part-000999", "0a00", "0a3f", "2016/01", "2026/12"])
        {
            if (key[0] == after[0])
            {
                model.Learn(Encoding.UTF8.GetBytes(key));
            }
        }

        var point = SplitPoint.Find(model, Encoding.UTF8.GetBytes(after), end is null ? null : Encoding.UTF8.GetBytes(end), 0.5, 1024);

        Assert.StartsWith(expected, Encoding.UTF8.GetString(point!), StringComparison.Ordinal);
    }
}
