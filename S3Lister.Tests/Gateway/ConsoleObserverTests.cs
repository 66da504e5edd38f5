using S3Lister.Local;

namespace S3Lister.Tests.Gateway;

public sealed class ConsoleObserverTests
{
    [Fact]
    public void Terminal_Sees_No_Control_Character()
    {
        using StringWriter console = new();
        ConsoleObserver observer = new(console);

        observer.OnOutput("ListObjects", 1, "\u001b]0;title\u0007 and \u009b2J");
        observer.OnReport("folder/\u001b[31mred\nnext line is not listed.");

        Assert.Equal(
            $"  ListObjects | \\x1B]0;title\\x07 and \\x9B2J{console.NewLine}folder/\\x1B[31mred\\x0Anext line is not listed.{console.NewLine}",
            console.ToString());
    }
}
