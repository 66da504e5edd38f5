using System.Globalization;
using System.Text;
using CsCheck;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Listing.Text;

public sealed class Rfc3339WriteTests
{
    [Theory]
    [InlineData("2026-11-23T18:19:29.000Z", "2026-11-23T18:19:29Z")]
    [InlineData("2026-11-23T18:19:29Z", "2026-11-23T18:19:29Z")]
    [InlineData("2026-11-23T18:19:29.120Z", "2026-11-23T18:19:29.12Z")]
    [InlineData("2024-02-29T00:00:00.0000001Z", "2024-02-29T00:00:00.0000001Z")]
    [InlineData("2026-11-23T18:19:29.000+01:00", "2026-11-23T17:19:29Z")]
    [InlineData("0001-01-01T00:00:01.000Z", "0001-01-01T00:00:01Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("2026-12-31T23:59:59.999999999Z", "2026-12-31T23:59:59.9999999Z")]
    public void Instant_Is_Written_As_Rfc_3339(string text, string expected) => Assert.Equal(expected, Rewrite(text));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-23T18:19:29.000Z")]
    [InlineData("2026-02-29T18:19:29.000Z")]
    [InlineData("2026-11-23T24:19:29.000Z")]
    [InlineData("2026-11-23T18:60:29.000Z")]
    [InlineData("2026-11-23T18:19:61.000Z")]
    [InlineData("2026-1a-23T18:19:29.000Z")]
    [InlineData("2026-11-23T18:19:29.00xZ")]
    [InlineData("2026-11-23T18:19:29.000000000000Z0")]
    [InlineData("12:30")]
    [InlineData("1/2/2026")]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T18:19:29")]
    [InlineData("2026-11-23T18:19:29.000")]
    [InlineData("2026-11-23 18:19:29Z")]
    [InlineData("Mon, 23 Nov 2026 18:19:29 GMT")]
    public void Parse_Throws_When_It_Is_Not_An_Instant(string text) => Assert.Throws<FormatException>(() => Rewrite(text));

    [Fact]
    public void Every_Instant_Survives_A_Round_Trip() => Gen.DateTime.Sample(instant =>
        Assert.Equal(instant.Ticks, Rfc3339.Parse(Encoding.UTF8.GetBytes(
            instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)))));

    private static string Rewrite(string text)
    {
        var target = new byte[Rfc3339.MaxLength];
        DateTime instant = new(Rfc3339.Parse(Encoding.UTF8.GetBytes(text)), DateTimeKind.Utc);
        return Encoding.UTF8.GetString(target, 0, Rfc3339.Write(instant, target));
    }
}
