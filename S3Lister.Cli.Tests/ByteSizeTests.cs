using S3Lister.Cli.Output;

namespace S3Lister.Cli.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(102_399, "99.9 KiB")]
    [InlineData(102_400, "100 KiB")]
    [InlineData(1_048_575, "1023 KiB")]
    [InlineData(1_048_576, "1.0 MiB")]
    [InlineData(5L << 40, "5.0 TiB")]
    [InlineData(long.MaxValue, "7.9 EiB")]
    public void Size_Has_A_Binary_Unit(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10", 10)]
    [InlineData("10B", 10)]
    [InlineData("10KiB", 10_240)]
    [InlineData("1TiB", 1L << 40)]
    public void Size_Is_Read(string text, long bytes) => Assert.True(ByteSize.TryParse(text, out var read) && read == bytes);

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("1.5MiB")]
    [InlineData("10MB")]
    [InlineData("10 MiB")]
    [InlineData("1PiB")]
    [InlineData("9223372036854775807KiB")]
    public void Size_Is_Refused(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
