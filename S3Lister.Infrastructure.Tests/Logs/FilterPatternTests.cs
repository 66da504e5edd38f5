namespace S3Lister.Infrastructure.Tests.Logs;

public sealed class FilterPatternTests
{
    private const string Line = """{"status":403,"text":"403","cause":"AccessDenied: S3 responded 403","record":{"status":"timeout"}}""";

    [Theory]
    [InlineData("{ $.status = 403 }", true)]
    [InlineData("{ $.text = 403 }", false)]
    [InlineData("{ $.text = \"403\" }", true)]
    [InlineData("{ $.text = \"4*\" }", true)]
    [InlineData("{ $.status = \"403\" }", false)]
    [InlineData("{ $.status >= 400 && $.status < 500 }", true)]
    [InlineData("{ $.text >= 400 }", false)]
    [InlineData("{ $.cause = \"AccessDenied:*\" }", true)]
    [InlineData("{ $.cause = \"AccessDenied\" }", false)]
    [InlineData("{ ($.cause = \"Throttled:*\") || ($.record.status = \"timeout\") }", true)]
    [InlineData("{ ($.status = 403) && (($.a = 1) || ($.b = 2)) }", false)]
    [InlineData("{ $.status != 200 }", true)]
    [InlineData("{ $.absent != 200 }", false)]
    public void Pattern_Matches_As_CloudWatch_Documents(string pattern, bool expected) =>
        Assert.Equal(expected, new FilterPattern(pattern).Matches(Line));

    [Theory]
    [InlineData("{ $.status = }")]
    [InlineData("{ $.status = 403")]
    [InlineData("{ status = 403 }")]
    [InlineData("{ $.status > \"403\" }")]
    [InlineData("$.status = 403")]
    [InlineData("{ ($.status = 403 }")]
    [InlineData("{ $.status = 403 $.text = 1 }")]
    [InlineData("{ $.status ~ 403 }")]
    public void Pattern_Is_Refused_When_It_Does_Not_Parse(string pattern) =>
        Assert.Throws<FormatException>(() => new FilterPattern(pattern));
}
