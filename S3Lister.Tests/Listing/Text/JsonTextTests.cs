using System.Text;
using System.Text.Json;
using CsCheck;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Listing.Text;

public sealed class JsonTextTests
{
    [Fact]
    public void Every_String_Is_Read_Back_By_An_Independent_Parser() => Gen.String.Sample(RoundTrips);

    [Fact]
    public void Every_Control_Character_Is_Read_Back()
    {
        for (var character = '\0'; character < 0x100; character++)
        {
            RoundTrips($"a{character}b{character}");
        }
    }

    [Fact]
    public void Character_To_Escape_Is_Found_At_Every_Position()
    {
        for (var length = 0; length < 70; length++)
        {
            for (var place = 0; place < length; place++)
            {
                RoundTrips($"{new string('a', place)}\"{new string('\u0001', length % 3)}{new string('b', length - place)}");
            }
        }
    }

    [Fact]
    public void Escaped_Text_Fits_In_The_Calculated_Length() => Gen.String.Sample(text =>
    {
        var utf8 = Encoding.UTF8.GetBytes(text + "\"\\\u0001\n");
        var target = new byte[utf8.Length + JsonText.EscapeOverhead(utf8)];

        Assert.Equal(target.Length, JsonText.Escape(utf8, target));
    });

    [Fact]
    public void Only_Characters_That_Need_It_Are_Escaped()
    {
        using Utf8Buffer buffer = new();
        buffer.AppendString("a/b<&>'+😀\ue000é"u8);

        Assert.Equal("\"a/b<&>'+😀\ue000é\"", Encoding.UTF8.GetString(buffer.Written));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Numbers_Are_Written_Completely(long value)
    {
        using Utf8Buffer buffer = new(1);
        buffer.AppendNumber(value);

        Assert.Equal(value.ToString(System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetString(buffer.Written));
    }

    private static void RoundTrips(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        using Utf8Buffer buffer = new(1);
        buffer.AppendString(utf8);

        Assert.Equal(Encoding.UTF8.GetString(utf8), JsonSerializer.Deserialize<string>(buffer.Written));
        Assert.Equal(buffer.Length, utf8.Length + 2 + JsonText.EscapeOverhead(utf8));
    }
}
