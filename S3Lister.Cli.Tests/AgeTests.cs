using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Cli.Tests;

public sealed class AgeTests
{
    private static readonly FakeTimeProvider Now = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("90d", "2026-08-30T12:00:00Z")]
    [InlineData("12h", "2026-11-28T00:00:00Z")]
    [InlineData("4w", "2026-10-31T12:00:00Z")]
    [InlineData("5m", "2026-11-28T11:55:00Z")]
    [InlineData("2147483647d", "0001-01-01T00:00:00Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00Z")]
    public void Age_Or_Date_Is_Read(string text, string instant) => Assert.True(
        Age.TryParse(text, Now, out var read) && read == DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("1y")]
    [InlineData("99999999999d")]
    [InlineData("31.1.2026")]
    public void Age_Is_Refused(string text) => Assert.False(Age.TryParse(text, Now, out _));
}
