using System.Globalization;
using System.Text;
using CsCheck;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Listing.Text;

public sealed class Rfc3339Tests
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    [Theory]
    [InlineData("2026-11-23T18:19:29Z", "2026-11-23T18:19:29.0000000Z")]
    [InlineData("2026-11-23t18:19:29z", "2026-11-23T18:19:29.0000000Z")]
    [InlineData("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.5200000Z")]
    [InlineData("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.0000000Z")]
    [InlineData("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.8700000Z")]
    [InlineData("2026-11-23T18:19:29-00:00", "2026-11-23T18:19:29.0000000Z")]
    [InlineData("2026-11-23T18:19:29+23:59", "2026-11-22T18:20:29.0000000Z")]
    [InlineData("2026-11-23T18:19:29-23:59", "2026-11-24T18:18:29.0000000Z")]
    [InlineData("2000-02-29T00:00:00.1234567891234567891234567890Z", "2000-02-29T00:00:00.1234567Z")]
    public void Instant_Is_Read_In_Every_Form_Of_The_Rfc(string text, string utc) => Assert.Equal(utc, Read(text));

    [Theory]
    [InlineData("2026-12-31T23:59:59.999999999Z", "2026-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31T23:59:59.99999999Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("2026-11-23T18:19:29.00000009Z", "2026-11-23T18:19:29.0000000Z")]
    public void Digits_Beyond_100_Nanoseconds_Are_Cut_And_Not_Rounded(string text, string utc) => Assert.Equal(utc, Read(text));

    [Theory]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("2016-12-31T23:59:60.999Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.0000000Z")]
    [InlineData("2012-07-01T05:29:60+05:30", "2012-07-01T00:00:00.0000000Z")]
    [InlineData("2016-12-31T23:59:60+00:01", null)]
    [InlineData("2016-12-30T23:59:60Z", null)]
    [InlineData("2016-12-31T23:58:60Z", null)]
    [InlineData("9999-12-31T23:59:60Z", null)]
    public void Leap_Second_Is_Read_As_Its_End_And_Only_At_The_End_Of_A_Month(string text, string? utc) =>
        Assert.Equal(utc, Read(text));

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T05:00:00+05:00", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0000-12-31T23:00:00-01:00", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0000-12-31T22:59:59.9999999-01:00", null)]
    [InlineData("0000-02-29T00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00+00:01", null)]
    [InlineData("9999-12-31T23:59:59-00:01", null)]
    [InlineData("9999-12-31T23:59:59.9999999+00:00", "9999-12-31T23:59:59.9999999Z")]
    public void Years_Are_1_To_9999_Of_Utc(string text, string? utc) => Assert.Equal(utc, Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("12:30")]
    [InlineData("1/2/2026")]
    [InlineData("2026-11-23")]
    [InlineData("20261123T181929Z")]
    [InlineData("2026-11-23T18:19Z")]
    [InlineData("2026-11-23T18:19:29")]
    [InlineData("2026-11-23 18:19:29Z")]
    [InlineData(" 2026-11-23T18:19:29Z")]
    [InlineData("2026-11-23T18:19:29Z ")]
    [InlineData("2026-11-23T18:19:29ZZ")]
    [InlineData("2026-11-23T18:19:29.Z")]
    [InlineData("2026-11-23T18:19:29.")]
    [InlineData("2026-11-23T18:19:29.5")]
    [InlineData("2026-11-23T18:19:29,5Z")]
    [InlineData("2026-11-23T18:19:29.5.5Z")]
    [InlineData("2026-11-23T18:19:29+0100")]
    [InlineData("2026-11-23T18:19:29+01")]
    [InlineData("2026-11-23T18:19:29+1:00")]
    [InlineData("2026-11-23T18:19:29+24:00")]
    [InlineData("2026-11-23T18:19:29+01:60")]
    [InlineData("2026-11-23T18:19:29+01:000")]
    [InlineData("2026-11-23T18:19:29 01:00")]
    [InlineData("2026-11-23T18:19:29+01:00Z")]
    [InlineData("2026-00-23T18:19:29Z")]
    [InlineData("2026-13-23T18:19:29Z")]
    [InlineData("2026-11-00T18:19:29Z")]
    [InlineData("2026-11-31T18:19:29Z")]
    [InlineData("2026-02-29T18:19:29Z")]
    [InlineData("1900-02-29T18:19:29Z")]
    [InlineData("2026-11-23T24:00:00Z")]
    [InlineData("2026-11-23T18:60:29Z")]
    [InlineData("2026-11-23T18:19:61Z")]
    [InlineData("+026-11-23T18:19:29Z")]
    [InlineData("-001-11-23T18:19:29Z")]
    [InlineData("12026-11-23T18:19:29Z")]
    [InlineData("２０２６-11-23T18:19:29Z")]
    public void Text_Is_Refused_When_It_Is_Not_An_Instant(string text) => Assert.Null(Read(text));

    [Fact]
    public void Every_Instant_Is_Read_At_Every_Offset() => Gen.Select(Gen.DateTime, Gen.Int[-840, 840], Gen.Bool).Sample((utc, minutes, isLower) =>
    {
        var offset = TimeSpan.FromMinutes(minutes);
        if (utc.Ticks + offset.Ticks < 0 || utc.Ticks + offset.Ticks > DateTime.MaxValue.Ticks)
        {
            return;
        }

        var text = new DateTimeOffset(utc.Ticks + offset.Ticks, offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
        Assert.Equal(utc.ToString(Written, CultureInfo.InvariantCulture), Read(isLower ? text.ToLowerInvariant() : text));
    });

    private static string? Read(string text) => Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var ticks)
        ? new DateTime(ticks).ToString(Written, CultureInfo.InvariantCulture)
        : null;
}
