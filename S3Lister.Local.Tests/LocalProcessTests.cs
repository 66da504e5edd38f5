namespace S3Lister.Local.Tests;

/// <summary>The local stack as its user has it: a process in a terminal.</summary>
public sealed class LocalProcessTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Printed_Curl_Line_Works_And_All_Processes_End_On_A_Signal(string signal)
    {
        using var local = await LocalProcess.StartAsync();

        var (exitCode, output, error) = await ExternalProgram.Shell.RunAsync("-c", $"{local.Curl} --silent --show-error --fail");
        await local.EndAsync(signal);

        Assert.True(exitCode == 0, error);
        Assert.Contains("\"routeKey\": \"GET /objects\"", output, StringComparison.Ordinal);
        Assert.Equal(0, local.ExitCode);
        Assert.False(Processes.IsRunning(local.FunctionProcessId));
    }

    [Fact]
    public async Task Functions_End_Even_When_It_Is_Killed()
    {
        using var local = await LocalProcess.StartAsync();
        Assert.True(Processes.IsRunning(local.FunctionProcessId));

        await local.EndAsync("KILL");

        await Processes.WaitForEndAsync(local.FunctionProcessId);
    }
}
