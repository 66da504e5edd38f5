using System.Net;
using System.Net.Sockets;

namespace S3Lister.Local.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--folder", "/nowhere", "The folder /nowhere does not exist.")]
    [InlineData("--folder", "/ --bucket abc", "--folder and --bucket exclude each other.")]
    [InlineData("--endpoint", "http://127.0.0.1:9", "--endpoint needs --bucket.")]
    [InlineData("--bucket", "abc --endpoint nonsense", "'nonsense' is not an http or https URL.")]
    [InlineData("--port", "70000", "70000 is not a port: it is a number from 0 to 65535.")]
    [InlineData("--max-instances", "0", "--max-instances is a number from 1 to 100.")]
    [InlineData("--function", "/nowhere/bootstrap", "The executable /nowhere/bootstrap does not exist.")]
    [InlineData("--port", "many", "Cannot parse argument 'many' for option '--port' as expected type 'System.Int32'.")]
    [InlineData("--nonsense", "", "Unrecognized command or argument '--nonsense'.")]
    public async Task Wrong_Option_Is_One_Line_And_Exit_Code_1(string option, string rest, string message)
    {
        var (exitCode, output, error) = await RunAsync(
            [option, .. rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((1, "", message), (exitCode, output, error.TrimEnd()));
    }

    [Theory]
    [InlineData("Bad_Bucket")]
    [InlineData("ab")]
    [InlineData("192.168.0.1")]
    [InlineData("bucket--use1-az4--x-s3")]
    public async Task Bad_Bucket_Name_Is_One_Line_And_Exit_Code_1(string bucket)
    {
        var (exitCode, _, error) = await RunAsync(["--bucket", bucket]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("--bucket ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Taken_Port_Is_One_Line_And_Exit_Code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, _, error) = await RunAsync([.. LocalProcess.Arguments, "--port", $"{port}"]);

        Assert.Equal(1, exitCode);
        Assert.Equal($"Port {port} is taken. Choose another with --port, or 0 for any.", error.TrimEnd());
    }

    [Fact]
    public async Task Next_Port_Is_Used_And_Reported_When_The_Default_Is_Taken()
    {
        using var taken = TakeDefaultPort();
        using var first = await LocalProcess.StartAsync(withPort: false);
        using var second = await LocalProcess.StartAsync(withPort: false);

        Assert.NotEqual(first.Api, second.Api);
        Assert.All([first, second], local =>
        {
            Assert.EndsWith($", because port {LocalOptions.DefaultPort} is taken", local.Api, StringComparison.Ordinal);
            Assert.Contains($"'{local.Api.Split(',')[0]}/", local.Curl, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Default_Port_Given_As_An_Option_Is_An_Error_When_It_Is_Taken()
    {
        using var taken = TakeDefaultPort();

        var (exitCode, _, error) = await RunAsync([.. LocalProcess.Arguments, "--port", $"{LocalOptions.DefaultPort}"]);

        Assert.Equal(1, exitCode);
        Assert.Equal($"Port {LocalOptions.DefaultPort} is taken. Choose another with --port, or 0 for any.", error.TrimEnd());
    }

    [Fact]
    public async Task Function_That_Does_Not_Start_Is_One_Line_And_Exit_Code_1()
    {
        var template = Path.GetTempFileName();
        try
        {
            var text = await File.ReadAllTextAsync(LocalProcess.Template, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                template,
                text.Replace("\"STANDIN_INIT\": \"\"", "\"STANDIN_INIT\": \"error\"", StringComparison.Ordinal),
                TestContext.Current.CancellationToken);

            var (exitCode, _, error) = await RunAsync(
                [.. LocalProcess.Arguments.Select(argument => argument == LocalProcess.Template ? template : argument), "--port", "0"]);

            Assert.Equal(1, exitCode);
            Assert.Equal("Subject does not start: Test.BadConfiguration: no bucket is set", error.TrimEnd());
        }
        finally
        {
            File.Delete(template);
        }
    }

    [Fact]
    public async Task Help_Names_Every_Option()
    {
        var (exitCode, output, error) = await RunAsync(["--help"]);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.All(
            ["--folder <DIR>", "--bucket <NAME>", "--region", "--endpoint <URL>", "--port", "--function", "--template", "--max-instances"],
            option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    // In use by this test or by another program.
    private static TcpListener TakeDefaultPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, LocalOptions.DefaultPort);
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            // Another program has it.
        }

        return listener;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
