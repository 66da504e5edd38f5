using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using S3Lister.Functions.Listing;

namespace S3Lister.Tests.Listing;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*", "a.txt", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "a/b", false)]
    [InlineData("**", "a/b/c", true)]
    [InlineData("**", "", true)]
    [InlineData("*.csv", "a.csv", true)]
    [InlineData("*.csv", "2026/a.csv", false)]
    [InlineData("**.csv", "2026/a.csv", true)]
    [InlineData("**/*.csv", "2026/01/a.csv", true)]
    [InlineData("**/*.csv", "a.csv", true)]
    [InlineData("**/*.csv", "xcsv", false)]
    [InlineData("{**/a,b}", "a", true)]
    [InlineData("{**/a,b}", "x/y/a", true)]
    [InlineData("{**/a,b}", "xa", false)]
    [InlineData("{b,{c,**/a}}", "a", true)]
    [InlineData("x/{**/a,b}", "x/a", true)]
    [InlineData("x{**/a,b}", "xa", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/xb", false)]
    [InlineData("a/**/b", "ab", false)]
    [InlineData("a**/b", "ax/y/b", true)]
    [InlineData("a**/b", "ab", false)]
    [InlineData("a/**", "a/", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("?", "a", true)]
    [InlineData("?", "😀", true)]
    [InlineData("?", "/", false)]
    [InlineData("?", "ab", false)]
    [InlineData("?", "", false)]
    [InlineData("[a-c]", "b", true)]
    [InlineData("[a-c]", "d", false)]
    [InlineData("[!a-c]", "d", true)]
    [InlineData("[^a-c]", "a", false)]
    [InlineData("[!a]", "/", false)]
    [InlineData("[+--]", ",", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[ä-ü]", "ö", true)]
    [InlineData("[\\]]", "]", true)]
    [InlineData("{a,b}.txt", "b.txt", true)]
    [InlineData("{a,b}.txt", "c.txt", false)]
    [InlineData("{a,}b", "b", true)]
    [InlineData("{*.csv,**/x}", "a/b/x", true)]
    [InlineData("{a,{b,c}d}", "cd", true)]
    [InlineData("a,b", "a,b", true)]
    [InlineData("a}", "a}", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("\\{a\\,b\\}", "{a,b}", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("A", "a", false)]
    public void Pattern_Covers_The_Whole_Key(string pattern, string key, bool matches) =>
        Assert.Equal(matches, Glob.Parse(pattern).Matches(Encoding.UTF8.GetBytes(key)));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[", "close each [")]
    [InlineData("[a", "close each [")]
    [InlineData("[a-", "close each [")]
    [InlineData("[!", "close each [")]
    [InlineData("[z-a]", "lower to the higher")]
    [InlineData("{a", "close each {")]
    [InlineData("{a,", "close each {")]
    [InlineData("\\", "backslash")]
    [InlineData("{{{{{{{{{a}}}}}}}}}", "deeper than 8")]
    public void Pattern_Is_Refused_With_The_Reason(string pattern, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Glob.Parse(pattern)).Message, StringComparison.Ordinal);

    [Fact]
    public void Pattern_May_Be_Long_And_Nested_Up_To_A_Bound()
    {
        var longest = new string('a', 256);

        Assert.True(Glob.Parse(longest).Matches(Encoding.UTF8.GetBytes(longest)));
        Assert.True(Glob.Parse("{{{{{{{{a}}}}}}}}").Matches("a"u8));
    }

    [Fact]
    public void Pattern_Is_Refused_When_It_Is_Too_Long() =>
        Assert.Contains("256 bytes", Assert.Throws<FormatException>(() => Glob.Parse(new string('a', 257))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("**a**a**a**a**a**a**a**a**a**a**a**a**a**a**a**a**b")]
    [InlineData("{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}**b")]
    public void Time_Is_Linear_When_The_Pattern_Is_Hostile(string pattern)
    {
        // A backtracking matcher does not end within the age of the universe.
        Assert.False(Glob.Parse(pattern).Matches(Encoding.UTF8.GetBytes(new string('a', 1024))));
    }

    [Fact]
    public void Pattern_Says_The_Same_As_A_Regular_Expression() =>
        Gen.Select(
            Gen.OneOf("a", "b", "/", "*", "**", "?", "[ab]", "[!a]", "{a,b/}", "**/").List[1, 8].Select(string.Concat<string>),
            Gen.OneOf('a', 'b', '/').Array[0, 10].Select(letters => new string(letters)))
        .Sample((pattern, key) => Assert.Equal(
            Regex.IsMatch(key, ToRegex(pattern), RegexOptions.CultureInvariant),
            Glob.Parse(pattern).Matches(Encoding.UTF8.GetBytes(key))), iter: 20_000);

    private static string ToRegex(string pattern)
    {
        StringBuilder regex = new(@"\A");
        for (var i = 0; i < pattern.Length;)
        {
            var rest = pattern[i..];
            var (token, expression) = rest switch
            {
                _ when rest.StartsWith("**/", StringComparison.Ordinal) && (i == 0 || pattern[i - 1] == '/') => ("**/", "(?:.*/)?"),
                _ when rest.StartsWith("**", StringComparison.Ordinal) => ("**", ".*"),
                _ when rest[0] == '*' => ("*", "[^/]*"),
                _ when rest[0] == '?' => ("?", "[^/]"),
                _ when rest.StartsWith("[!a]", StringComparison.Ordinal) => ("[!a]", "[^a/]"),
                _ when rest.StartsWith("[ab]", StringComparison.Ordinal) => ("[ab]", "[ab]"),
                _ when rest.StartsWith("{a,b/}", StringComparison.Ordinal) => ("{a,b/}", "(?:a|b/)"),
                _ => (rest[..1], Regex.Escape(rest[..1])),
            };
            regex.Append(expression);
            i += token.Length;
        }

        return regex.Append(@"\z").ToString();
    }
}
