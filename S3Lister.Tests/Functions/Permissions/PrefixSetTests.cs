using System.Text;
using CsCheck;
using S3Lister.Functions.Permissions;

namespace S3Lister.Tests.Functions.Permissions;

public sealed class PrefixSetTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a/", "", "a/")]
    [InlineData("", "a/", "a/")]
    [InlineData("a/", "a/", "a/")]
    [InlineData("a/", "a/b/", "a/b/")]
    [InlineData("a/b/", "a/", "a/b/")]
    [InlineData("a/|b/", "b/|c/", "b/")]
    [InlineData("a/|a/", "", "a/")]
    [InlineData("a/|", "", "")]
    [InlineData("a/b/|a/|a/b/c/|b/", "", "a/|b/")]
    [InlineData("b/|a/", "", "a/|b/")]
    [InlineData("", "b/|a/|a/c/", "a/|b/")]
    [InlineData("a/b/|a-/", "", "a-/|a/b/")]
    [InlineData("\U0001F600/|\uE000/|日/", "", "日/|\uE000/|\U0001F600/")]
    [InlineData("É/|e\u0301/", "", "e\u0301/|É/")]
    public void Result_Is_The_Fewest_Prefixes_In_Order(string first, string second, string expected) =>
        Assert.Equal(expected.Split('|'), PrefixSet.Intersect(first.Split('|'), second.Split('|')));

    [Theory]
    [InlineData("a/", "b/")]
    [InlineData("a/", "A/")]
    [InlineData("a/", "ab/")]
    [InlineData("É/", "E\u0301/")]
    public void Result_Is_Empty_When_No_Key_Has_A_Prefix_Of_Both(string first, string second) =>
        Assert.Empty(PrefixSet.Intersect([first], [second]));

    [Fact]
    public void Result_Is_Empty_When_A_List_Is_Empty()
    {
        Assert.Empty(PrefixSet.Intersect([], [""]));
        Assert.Empty(PrefixSet.Intersect([""], []));
    }

    /// <summary>The definition: a key is in the result if it is in both lists.</summary>
    [Fact]
    public void Key_Is_In_The_Result_When_It_Is_In_Both_Lists()
    {
        var part = Gen.OneOf("a", "b", "ab", "-", "日", "\uE000", "\U0001F600");
        var prefix = part.Array[0, 3].Select(parts => string.Concat(parts.Select(text => $"{text}/")));
        var key = Gen.Select(prefix, Gen.OneOf(part, Gen.Const(""))).Select((folder, name) => folder + name);

        Gen.Select(prefix.Array[0, 5], prefix.Array[0, 5], key.Array[1, 30]).Sample((first, second, keys) =>
        {
            var result = PrefixSet.Intersect(first, second);

            Assert.All(keys, name => Assert.Equal(IsIn(first, name) && IsIn(second, name), IsIn(result, name)));
            Assert.Equal(result.OrderBy(text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)), StringComparer.Ordinal), result);
            Assert.All(result, text => Assert.Equal([text], result.Where(other => text.StartsWith(other, StringComparison.Ordinal))));
        });
    }

    private static bool IsIn(IEnumerable<string> prefixes, string key) =>
        prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));
}
