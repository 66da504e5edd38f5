using System.Text;
using System.Text.Unicode;
using CsCheck;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class KeySeparatorTests
{
    private static readonly Gen<byte[]> Keys = Gen.OneOf("a", "b", "0", "-", "-", "!", "/", "\u0000", "\u007F", "Ä", "Å", "日", "\uD7FF", "\uE000", "😀", "😁")
        .Array[1, 5].Select(characters => Encoding.UTF8.GetBytes(string.Concat(characters)));

    [Fact]
    public void Separator_Is_Text_Between_Two_Keys() => Gen.Select(Keys, Keys).Sample((one, other) =>
    {
        byte[][] keys = [one, other];
        Array.Sort(keys, KeyComparer.Instance);

        if (!one.SequenceEqual(other) && KeySeparator.Between(keys[0], keys[1]) is { } text)
        {
            Assert.True(Utf8.IsValid(text));
            Assert.True(text.AsSpan().SequenceCompareTo(keys[0]) > 0);
            Assert.True(text.AsSpan().SequenceCompareTo(keys[1]) < 0);
        }
    });

    [Theory]
    [InlineData("logs/1", "logs/2", "logs/1-")]
    [InlineData("logs", "logs/1", "logs-")]
    [InlineData("a", "a-b", "a-")]
    [InlineData("a", "a-", null)]
    [InlineData("a", "a b", "a ")]
    [InlineData("a", "a ", null)]
    [InlineData("a", "a+é", "a+")]
    [InlineData("é", "ê", "é-")]
    public void Separator_Is_The_Key_And_A_Hyphen_Or_The_Beginning_Of_The_Next_Key(string key, string next, string? expected) =>
        Assert.Equal(expected, Between(key, next));

    /// <summary>Such a key has no room for a hyphen.</summary>
    [Theory]
    [InlineData("09", "10", "1")]
    [InlineData("08", "09", null)]
    [InlineData("é", "ê", null)]
    public void Separator_Is_Not_Longer_Than_A_Key(string key, string next, string? expected)
    {
        var shared = new string('k', 1022);

        Assert.Equal(expected is null ? null : shared + expected, Between(shared + key, shared + next));
    }

    private static string? Between(string key, string next) =>
        KeySeparator.Between(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(next)) is { } text ? Encoding.UTF8.GetString(text) : null;
}
