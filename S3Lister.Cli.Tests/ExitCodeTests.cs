using System.Globalization;
using Microsoft.AspNetCore.Http;
using S3Lister.Local;

namespace S3Lister.Cli.Tests;

/// <summary>The exit code of each kind of failure, with one line on standard error and nothing on standard output.</summary>
public sealed class ExitCodeTests(SampleApi sample) : IClassFixture<SampleApi>
{
    [Fact]
    public async Task Missing_Api_Is_2()
    {
        using Cli cli = new(null, LocalIdentities.User);

        await AssertFailureAsync(cli, 2, "No API: use --api URL, set S3LISTER_API, or save it with `s3lister setup --api URL`. It is the output ApiUrl of the stack.");
    }

    [Fact]
    public async Task Damaged_Settings_Are_2()
    {
        using Cli cli = new(null, LocalIdentities.User);
        Directory.CreateDirectory(cli.Path("config/s3lister"));
        await File.WriteAllTextAsync(cli.Path("config/s3lister/config"), "# mine\n\nurl = x\n", TestContext.Current.CancellationToken);

        await AssertFailureAsync(cli, 2, $"{cli.Path("config/s3lister/config")}, line 3: expected `api = URL`, `region = NAME` or `profile = NAME`, not `url = x`.");
    }

    [Fact]
    public async Task Missing_Credentials_Are_3()
    {
        using Cli cli = new(sample.Api.Url, identity: null);

        var run = await cli.RunAsync("ls");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("s3lister: No credentials: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_Profile_Is_3()
    {
        using var cli = Cli.Of(sample);

        await AssertFailureAsync(cli, 3, "No credentials: the AWS profile nobody does not exist. Run `aws configure list-profiles`.", "--profile", "nobody");
    }

    [Fact]
    public async Task Refused_Signature_Is_3()
    {
        using var cli = Cli.Of(sample);

        var run = await cli.RunAsync("ls", "--region", "eu-west-1");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"^s3lister: The API refuses the request \(403 Forbidden, request [^)]+\)\. Run `s3lister doctor` to find the cause\.\n$", run.Error);
    }

    [Fact]
    public async Task Prefix_Without_A_Grant_Is_3()
    {
        using Cli cli = new(sample.Api.Url, LocalIdentities.Role);

        var run = await cli.RunAsync("ls", "team-b/");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("(403 PrefixNotAllowed, request ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_That_Cannot_Be_Reached_Is_4()
    {
        using Cli cli = new(new Uri("http://127.0.0.1:9"), LocalIdentities.User);

        await AssertFailureAsync(cli, 4, "The API cannot be reached. Run `s3lister doctor` to find the cause.");
    }

    [Theory]
    [InlineData(503, """{"code":"SlowDown","detail":"S3 throttles."}""", "S3 throttles. (503 SlowDown)", 5)]
    [InlineData(502, """{"code":"UpstreamFailure","detail":"Look.","requestId":"r1"}""", "Look. (502 UpstreamFailure, request r1)", 1)]
    [InlineData(200, "<html>", "The response is not S3Lister's. Check the URL of the API. (200 InvalidResponse)", 1)]
    public async Task Failing_Service_Is_4(int status, string body, string message, int requests)
    {
        await using var api = await RespondAsync(status, body);
        using Cli cli = new(api.Url, LocalIdentities.User);

        await AssertFailureAsync(cli, 4, message);
        Assert.Equal(requests, api.Queries.Count);
    }

    [Fact]
    public async Task Part_Of_A_Summary_Is_5_And_Reported_As_A_Part()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        api.Handle = async (context, number) =>
        {
            context.Response.StatusCode = number == 1 ? 200 : 502;
            await context.Response.WriteAsync(number > 1 ? "{}" :
                """
                {"bucket":"b","prefix":"","delimiter":null,"top":0,"complete":false,"nextContinuationToken":"t","objects":7,"bytes":70,"storageClasses":[],"groups":[],
                 "groupsTruncated":false,"otherGroups":{"objects":0,"bytes":0},"ungrouped":{"objects":7,"bytes":70},"largest":[],"newest":[],
                 "oldest":[],"topTruncated":false,"splits":[],"scanned":7,"s3Requests":1,"s3RequestsMinimum":1}
                """);
            return true;
        };
        using Cli cli = new(api.Url, LocalIdentities.User);

        var run = await cli.RunAsync("du");

        Assert.Equal((5, "70\t7\t\n"), (run.ExitCode, run.Output));
        Assert.StartsWith("s3lister: This is a part: 7 objects read, then: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_Disk_Is_6()
    {
        using var cli = Cli.Of(sample);

        var run = await cli.RunOnTerminalAsync($"'{Cli.Executable}' ls -r > /dev/full");

        Assert.Equal(6, run.ExitCode);
        Assert.Equal("s3lister: No space left on device\n", run.Output);
    }

    [Fact]
    public async Task Reader_That_Has_Enough_Ends_The_Listing_Without_An_Error()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        using Cli cli = new(api.Url, LocalIdentities.User);

        var run = await cli.RunOnTerminalAsync($"bash -c \"'{Cli.Executable}' ls -r --format ndjson | head -n 1; exit \\${{PIPESTATUS[0]}}\"");

        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        Assert.True(api.Queries.Count < FaultyApi.Pages, "It read the whole bucket.");
    }

    [Fact]
    public async Task Interrupted_Listing_Is_130()
    {
        TaskCompletionSource arrived = new();
        await using var api = await FaultyApi.StartAsync(null);
        api.Handle = async (context, _) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        using Cli cli = new(api.Url, LocalIdentities.User);
        using var process = cli.Start("ls");
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        await ExternalProgram.Kill.RunAsync("-INT", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Empty(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Setup_Saves_The_Api_Only_If_It_Works()
    {
        using var cli = Cli.Of(sample);
        var api = sample.Api.Url.GetLeftPart(UriPartial.Authority);
        cli.Set("S3LISTER_API", null);

        var failed = await cli.RunAsync("setup", "--api", api, "--region", "eu-west-1");
        var isSaved = File.Exists(cli.Path("config/s3lister/config"));
        var done = await cli.RunAsync("setup", "--api", api, "--region", "us-east-1");
        cli.Set("AWS_REGION", "eu-west-1");
        var listed = await cli.RunAsync("ls");

        Assert.Equal((3, false, 0, 0), (failed.ExitCode, isSaved, done.ExitCode, listed.ExitCode));
        Assert.Equal(
            $"api = {api}\nregion = us-east-1\n", await File.ReadAllTextAsync(cli.Path("config/s3lister/config"), TestContext.Current.CancellationToken));
    }

    /// <summary>/h and -? would be help, and @x a response file.</summary>
    [Theory]
    [InlineData("/h")]
    [InlineData("/?")]
    [InlineData("@x")]
    [InlineData(" ")]
    [InlineData("%41")]
    [InlineData("odd/\u202E")]
    public async Task Prefix_Is_Taken_As_It_Is(string prefix)
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        using Cli cli = new(api.Url, LocalIdentities.User);

        var run = await cli.RunAsync("ls", prefix);

        Assert.Equal((0, "Nothing matches.\n"), (run.ExitCode, run.Error));
        Assert.Contains($"prefix={Uri.EscapeDataString(prefix)}", api.Queries.Single(), StringComparison.Ordinal);
    }

    private static async Task<FaultyApi> RespondAsync(int status, string body)
    {
        var api = await FaultyApi.StartAsync(null);
        api.Handle = async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "0";
            await context.Response.WriteAsync(body);
            return true;
        };
        return api;
    }

    private static async Task AssertFailureAsync(Cli cli, int exitCode, string message, params string[] options)
    {
        var run = await cli.RunAsync(["ls", .. options]);

        Assert.Equal((exitCode, "", $"s3lister: {message}\n"), (run.ExitCode, run.Output, run.Error));
    }
}
