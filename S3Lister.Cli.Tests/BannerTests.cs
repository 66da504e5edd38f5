using S3Lister.Local;

namespace S3Lister.Cli.Tests;

public sealed class BannerTests
{
    /// <summary>Only the start of the client is different: the test does not build it again.</summary>
    [Fact]
    public async Task Printed_Command_Lists_The_Bucket_Whatever_The_Environment_Has()
    {
        await using var stack = await LocalStack.StartAsync(new() { Port = 0 }, TestContext.Current.CancellationToken);
        var line = Banner.Client(stack);
        Assert.Contains($"  {line}\n", Banner.Text(stack).ReplaceLineEndings("\n"), StringComparison.Ordinal);

        var run = await ExternalProgram.Shell.RunAsync(
            ["-c", line.Replace("dotnet run --project S3Lister.Cli --", Cli.Executable, StringComparison.Ordinal)],
            new Dictionary<string, string>
            {
                ["AWS_SESSION_TOKEN"] = "expired",
                ["AWS_PROFILE"] = "nobody",
                ["AWS_REGION"] = "eu-west-1",
                ["XDG_CONFIG_HOME"] = "/nowhere",
                ["NO_PROXY"] = "127.0.0.1",
            },
            TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.StartsWith(".\n..\n/\n", run.Output, StringComparison.Ordinal);
    }
}
