namespace S3Lister.Infrastructure.Tests.Metrics;

public sealed class MetricMathTests
{
    private static readonly Dictionary<string, double?[]> Series = new()
    {
        ["calls"] = [10, null, 0, 40],
        ["errors"] = [1, null, 0, null],
    };

    [Theory]
    [InlineData("100 * errors / calls", new[] { 10, double.NaN, double.NaN, double.NaN })]
    [InlineData("FILL(errors, 0) + 1", new double[] { 2, 1, 1, 1 })]
    [InlineData("IF(FILL(calls, 0) >= 10, 100 * FILL(errors, 0) / calls, 0)", new double[] { 10, 0, 0, 0 })]
    [InlineData("IF(calls > 5 AND errors < 5, 1, 2)", new[] { 1, double.NaN, 2, double.NaN })]
    [InlineData("IF(calls > 5 OR errors == 0, 1)", new[] { 1, double.NaN, 1, double.NaN })]
    [InlineData("1 + 2 * 3 - 8 / 16", new[] { 6.5, 6.5, 6.5, 6.5 })]
    [InlineData("-(calls)", new[] { -10, double.NaN, 0, -40 })]
    public void Expression_Has_CloudWatchs_Value_When_Datapoints_Are_Missing(string expression, double[] expected)
    {
        var value = MetricMath.Evaluate(MetricMath.Parse(expression), Series);

        Assert.Equal(expected.Select(point => double.IsNaN(point) ? null : (double?)point), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("(calls")]
    [InlineData("calls errors")]
    [InlineData("IF(calls, 1")]
    [InlineData("calls & errors")]
    [InlineData("1 +")]
    [InlineData("calls = 1")]
    public void Expression_Is_Refused_When_It_Does_Not_Parse(string expression) =>
        Assert.Throws<FormatException>(() => MetricMath.Parse(expression));
}
