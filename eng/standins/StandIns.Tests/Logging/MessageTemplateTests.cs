using Amazon.Lambda.RuntimeSupport;

namespace StandIns.Tests.Logging;

/// <summary>The expected texts are what the official runtime 2.1.2 writes for the same calls.</summary>
public sealed class MessageTemplateTests
{
    [Theory]
    [InlineData("no holes", "no holes")]
    [InlineData("{A} and {B}", "1 and two")]
    [InlineData("{1} and {0}", "two and 1")]
    [InlineData("{0} and {0}", "1 and 1")]
    [InlineData("{1} and {2}", "1 and two")]
    [InlineData("{A:000}", "001")]
    [InlineData("{A} {B} {C}", "1 two {C}")]
    [InlineData("{{A}} {B}", "{{A}} 1")]
    [InlineData("{ A }", "1")]
    [InlineData("{@A}", "1")]
    [InlineData("{A:Q}", "1")]
    public void Message_Has_The_Arguments_In_It(string template, string expected)
    {
        object?[] arguments = [1, "two"];

        Assert.Equal(expected, MessageTemplate.Of(template, arguments).Render(arguments));
    }

    [Fact]
    public void Message_Is_As_It_Is_When_There_Are_No_Arguments()
    {
        Assert.Equal("{A} {{B}}", MessageTemplate.Of("{A} {{B}}", []).Render([]));
    }

    [Fact]
    public void Long_Bytes_Are_Cut()
    {
        object?[] arguments = [new byte[17]];

        Assert.Equal("00000000000000000000000000000000... (17 bytes)", MessageTemplate.Of("{A}", arguments).Render(arguments));
    }
}
