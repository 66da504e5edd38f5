using S3Lister.Local.Gateway;

namespace S3Lister.Local.Tests;

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

    [Fact]
    public void Refused_Signature_Is_Explained_Without_Secrets_And_Control_Characters()
    {
        using StringWriter console = new();

        new ConsoleObserver(console).OnRequest(new AccessLogEntry
        {
            RequestId = "1",
            Method = "GET",
            Target = "/objects?X-Amz-Security-Token=token&x%2Damz-signature=feed&prefix=\u001b",
            RouteKey = "GET /objects",
            Status = 403,
            ResponseLength = 23,
            Latency = TimeSpan.FromMilliseconds(2),
            Caller = null,
            Error = "Mismatch",
            Explanation = ["Write ?prefix=\u001b[31m", "second line"],
        });

        Assert.Equal(
            [
                "403 GET /objects?X-Amz-Security-Token=…&x%2Damz-signature=…&prefix=\\x1B  2 ms  Mismatch",
                "  signature | Write ?prefix=\\x1B[31m",
                "  signature | second line",
                "",
            ],
            console.ToString().Split(console.NewLine));
    }
}
