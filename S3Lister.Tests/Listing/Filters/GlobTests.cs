using System.Text;
using S3Lister.Listing.Filters;

namespace S3Lister.Tests.Listing.Filters;

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
    [InlineData("{x/,y/}**/a", "x/a", true)]
    [InlineData("{x/,y}**/a", "x/a", true)]
    [InlineData("{x/,y}**/a", "ya", false)]
    [InlineData("{x/,y}**/a", "y/a", true)]
    [InlineData("{*,x}**/a", "a", true)]
    [InlineData("{*,x}**/a", "xa", false)]
    [InlineData("{**,x}/a", "a", false)]
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
    [InlineData("{,}", "", true)]
    [InlineData("{,}", "a", false)]
    [InlineData("* (1).jpg", "photo (1).jpg", true)]
    [InlineData("*(1).jpg", "photo(1).jpg", true)]
    [InlineData("?(1)", "a(1)", true)]
    [InlineData("a+b@c!.txt", "a+b@c!.txt", true)]
    [InlineData("(a)|b", "(a)|b", true)]
    [InlineData("a|b", "a|b", true)]
    [InlineData("\\+(a)", "+(a)", true)]
    [InlineData("@\\(a)", "@(a)", true)]
    [InlineData("(a\\|b)", "(a|b)", true)]
    [InlineData("\\!a", "!a", true)]
    [InlineData("a!", "a!", true)]
    [InlineData("#recycle/*", "#recycle/a", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("**/", "a/b/", true)]
    [InlineData("a**b", "ax/yb", true)]
    [InlineData("\\{{a,b}\\}", "{b}", true)]
    [InlineData("\\{\\{a}}", "{{a}}", true)]
    [InlineData("{{a,b},c}", "b", true)]
    [InlineData("[\\[:]", ":", true)]
    [InlineData("[:]", ":", true)]
    [InlineData("[:a]", "a", true)]
    [InlineData("[!/]", "a", true)]
    [InlineData("[!/]", "/", false)]
    [InlineData("[.-0]", "/", false)]
    [InlineData("[.-0]", "0", true)]
    [InlineData("[^^]", "^", false)]
    [InlineData("\\ü", "ü", true)]
    public void Pattern_Matches_The_Whole_Key(string pattern, string key, bool matches) =>
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
    [InlineData("{a,{a,{a,{a,{a,{a,{a,{a,{a,b}}}}}}}}}", "deeper than 8")]
    [InlineData("[]", "close each [")]
    [InlineData("[^]", "close each [")]
    [InlineData("{}", "two or more alternatives")]
    [InlineData("{a}", "two or more alternatives")]
    [InlineData("{1..3}", "range such as {1..3}")]
    [InlineData("{{.*}}", "regular expression")]
    [InlineData("{{a,b}}", "regular expression")]
    [InlineData("{{[0-9]{2,4}}}", "regular expression")]
    [InlineData("[[:digit:]]", "POSIX class")]
    [InlineData("[a[:digit:]]", "POSIX class")]
    [InlineData("[![:digit:]]", "POSIX class")]
    [InlineData("[[.a.]]", "POSIX class")]
    [InlineData("[[=a=]]", "POSIX class")]
    [InlineData("[:digit:]", "POSIX class")]
    [InlineData("[!:digit:]", "POSIX class")]
    [InlineData("[\\d]", "before a letter or digit")]
    [InlineData("[a\\w]", "before a letter or digit")]
    [InlineData("\\d", "before a letter or digit")]
    [InlineData("a\\1", "before a letter or digit")]
    [InlineData("logs\\app.log", "before a letter or digit")]
    [InlineData("[/]", "/ in [ ]")]
    [InlineData("[\\/]", "/ in [ ]")]
    [InlineData("[/-9]", "/ in [ ]")]
    [InlineData("(a|b)", "{a,b} for alternatives")]
    [InlineData("*(a|b)", "{a,b} for alternatives")]
    [InlineData("(a|b", "{a,b} for alternatives")]
    [InlineData("@(a|b)", "{a,b} for alternatives")]
    [InlineData("+(a)", "{a,b} for alternatives")]
    [InlineData("x/!(a)", "{a,b} for alternatives")]
    [InlineData("!a", "begin with !")]
    [InlineData("***", "two * in a row")]
    [InlineData("a/***/b", "two * in a row")]
    [InlineData("****", "two * in a row")]
    public void Pattern_Is_Refused_With_The_Reason(string pattern, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Glob.Parse(pattern)).Message, StringComparison.Ordinal);

    [Fact]
    public void Patterns_Of_Other_Dialects_Are_Refused_As_Documented() => Assert.All(
        Table.Read("docs/api.md", "refused").SelectMany(row => Table.Code(row[0])),
        pattern => Assert.Throws<FormatException>(() => Glob.Parse(pattern)));

    [Theory]
    [InlineData("secret{a}")]
    [InlineData("secret[[:digit:]]")]
    [InlineData("!secret")]
    [InlineData("secret[")]
    [InlineData("(secret|)")]
    [InlineData("\\secret")]
    public void Message_Does_Not_Contain_The_Pattern(string pattern)
    {
        var message = Assert.Throws<FormatException>(() => Glob.Parse(pattern)).Message;

        Assert.StartsWith("must ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_May_Be_Long_And_Nested_Up_To_A_Limit()
    {
        var longest = new string('a', 256);

        Assert.True(Glob.Parse(longest).Matches(Encoding.UTF8.GetBytes(longest)));
        Assert.True(Glob.Parse("{a,{a,{a,{a,{a,{a,{a,{a,b}}}}}}}}").Matches("b"u8));
    }

    [Fact]
    public void Pattern_Is_Refused_When_It_Is_Too_Long() =>
        Assert.Contains("256 bytes", Assert.Throws<FormatException>(() => Glob.Parse(new string('a', 257))).Message, StringComparison.Ordinal);
}
