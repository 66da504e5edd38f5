using System.Text;
using S3Lister.Listing.Ranges;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class KnownFoldersTests
{
    [Theory]
    [InlineData("", null, "logs/ tenants/")]
    [InlineData("logs/2024/01/a", null, "tenants/")]
    [InlineData("logs/2024/01/a", "logs/2025/x", "logs/2025/")]
    [InlineData("logs/2024/01/a", "logs/2025/", "logs/2024/02/ logs/2024/03/")]
    [InlineData("logs/2024/03/a", "logs/2025/", "")]
    public void Folders_In_A_Range_Are_Those_Nearest_To_The_Root(string position, string? end, string expected) =>
        Assert.Equal(expected, string.Join(' ', Folders().Between(Bytes(position), end is null ? null : Bytes(end)).ToArray().Select(Encoding.UTF8.GetString)));

    /// <summary>The byte after a slash in ASCII is the digit zero.</summary>
    [Theory]
    [InlineData("logs/2024/03/a", "logs/2025/", "logs/2024/030")]
    [InlineData("logs/2024/03/a", null, null)]
    [InlineData("logs/2024/03/a", "logs/2024/03/b", "logs/2024/03/b")]
    [InlineData("tenants/a", null, "tenants0")]
    [InlineData("users/a", null, null)]
    public void Keys_Are_Expected_Up_To_The_End_Of_The_Last_Folder(string position, string? end, string? expected) =>
        Assert.Equal(expected is null ? null : Bytes(expected), Folders().ExpectedEnd(Bytes(position), end is null ? null : Bytes(end)));

    private static KnownFolders Folders()
    {
        KnownFolders folders = new();
        foreach (var folder in (string[])["tenants/", "logs/2025/", "logs/", "logs/2024/02/", "logs/2024/", "logs/2024/03/", "logs/2024/01/", "logs/"])
        {
            folders.Add(Bytes(folder));
        }

        return folders;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
