using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Sample;

namespace S3Lister.Cli.Tests;

/// <summary>An export that is interrupted in any way is, in the end, the file that it would have been.</summary>
public sealed class ExportTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task File_Is_The_Listing(string format)
    {
        using var cli = Cli.Of(sample);

        var run = await cli.RunAsync("export", "-o", "all", "--format", format);
        var listing = await cli.RunAsync("ls", "-r", "--format", format);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Matches($@"^all: {SampleBucket.Count:#,0} objects; \d+ LIST requests, about \$0\.0000\d+\n$", run.Error);
        Assert.Equal(listing.Output, await File.ReadAllTextAsync(cli.Path("all"), Cancelled));
        Assert.Equal([cli.Path("all")], Directory.EnumerateFiles(cli.Path(""), "all*"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing/")]
    public async Task Compressed_File_Has_The_Same_Contents(string prefix)
    {
        using var cli = Cli.Of(sample);

        await cli.RunAsync("export", prefix, "-o", "all");
        await cli.RunAsync("export", prefix, "-o", "all.gz", "--gzip");

        Assert.Equal(await File.ReadAllBytesAsync(cli.Path("all"), Cancelled), Decompress(cli.Path("all.gz")));
        Assert.Equal([0x1F, 0x8B], (await File.ReadAllBytesAsync(cli.Path("all.gz"), Cancelled))[..2]);
    }

    [Theory]
    [InlineData("ndjson", false)]
    [InlineData("csv", false)]
    [InlineData("csv", true)]
    public async Task File_Is_The_Same_When_It_Was_Killed_At_Every_Page_And_Garbage_Was_Appended(string format, bool isCompressed)
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        using Cli cli = new(api.Url, LocalIdentities.User);
        string[] command = ["export", "-o", "all", "--format", format, .. isCompressed ? ["--gzip"] : Array.Empty<string>()];
        for (var page = 1; page <= FaultyApi.Pages; page++)
        {
            TaskCompletionSource arrived = new();
            var reached = 0;
            api.Handle = async (context, _) =>
            {
                // Each run gets one page, and is killed while it waits for the next one.
                if (++reached == 1 && page > 1)
                {
                    return false;
                }

                arrived.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return true;
            };
            using var process = cli.Start(command);
            await arrived.Task.WaitAsync(Cancelled);
            process.Kill();
            await process.WaitForExitAsync(Cancelled);
            await File.AppendAllTextAsync(cli.Path("all.part"), "garbage\n{\"key\":", Cancelled);
        }

        api.Handle = (_, _) => Task.FromResult(false);
        api.Queries.Clear();
        var last = await cli.RunAsync(command);

        Assert.Equal((0, $"Resuming after {(FaultyApi.Pages - 1) * FaultyApi.PageSize:#,0} objects."), (last.ExitCode, last.Error.Split('\n')[0]));
        Assert.Single(api.Queries);
        Assert.Equal(await WholeAsync(format), isCompressed ? Encoding.UTF8.GetString(Decompress(cli.Path("all"))) : await File.ReadAllTextAsync(cli.Path("all"), Cancelled));
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task File_Is_The_Same_When_Every_Token_Is_Refused(string format)
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        api.Handle = async (context, _) =>
        {
            if (!context.Request.Query.ContainsKey("continuation-token"))
            {
                return false;
            }

            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync("""{"code":"InvalidContinuationToken","detail":"Not a token of this version."}""", Cancelled);
            return true;
        };
        using Cli cli = new(api.Url, LocalIdentities.User);

        var run = await cli.RunAsync("export", "-o", "all", "--format", format);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(FaultyApi.Pages - 1, api.Queries.Count(query => query.Contains("start-after=", StringComparison.Ordinal)));
        Assert.Equal(await WholeAsync(format), await File.ReadAllTextAsync(cli.Path("all"), Cancelled));
    }

    /// <summary>The last key of a page is one that is hard to read back from CSV.</summary>
    [Fact]
    public async Task Export_Goes_On_After_Every_Odd_Key()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        using Cli cli = new(api.Url, LocalIdentities.User);
        api.Handle = async (context, _) =>
        {
            if (!context.Request.Query.ContainsKey("continuation-token"))
            {
                context.Request.QueryString = new(context.Request.QueryString.Value!.Replace("max-keys=10000", "max-keys=1", StringComparison.Ordinal));
                return false;
            }

            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("""{"code":"InvalidContinuationToken"}""", Cancelled);
            return true;
        };

        var run = await cli.RunAsync("export", "odd/", "-o", "all", "--format", "csv");
        using var direct = Cli.Of(sample);
        var listing = await direct.RunAsync("ls", "odd/", "-r", "--format", "csv");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(listing.Output, await File.ReadAllTextAsync(cli.Path("all"), Cancelled));
    }

    [Fact]
    public async Task Interrupted_Export_Exits_With_130_And_Can_Be_Resumed()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        TaskCompletionSource arrived = new();
        api.Handle = async (context, number) =>
        {
            if (number < 3)
            {
                return false;
            }

            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        using Cli cli = new(api.Url, LocalIdentities.User);
        using var process = cli.Start("export", "-o", "all");
        await arrived.Task.WaitAsync(Cancelled);

        await ExternalProgram.Kill.RunAsync("-INT", process.Id.ToString(CultureInfo.InvariantCulture));
        var error = await process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        api.Handle = (_, _) => Task.FromResult(false);
        await cli.RunAsync("export", "-o", "all");

        Assert.Equal((130, "all.part has 6,000 objects. To continue, run the same command again.\n"), (process.ExitCode, error));
        Assert.Equal(await WholeAsync("ndjson"), await File.ReadAllTextAsync(cli.Path("all"), Cancelled));
    }

    [Fact]
    public async Task Failed_Export_Exits_With_4_And_Keeps_Whole_Pages()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        api.Handle = (context, number) =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "0";
            return Task.FromResult(number > 1);
        };
        using Cli cli = new(api.Url, LocalIdentities.User);

        var run = await cli.RunAsync("export", "-o", "all");

        Assert.Equal(4, run.ExitCode);
        Assert.Equal("all.part has 3,000 objects. To continue, run the same command again.", run.Error.Split('\n')[0]);
        Assert.Equal(6, api.Queries.Count);
        Assert.Equal(FaultyApi.PageSize, (await File.ReadAllLinesAsync(cli.Path("all.part"), Cancelled)).Length);
    }

    [Fact]
    public async Task Part_Of_Another_Command_Is_Not_Continued()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        api.Handle = (context, number) =>
        {
            context.Response.StatusCode = 403;
            return Task.FromResult(number == 2);
        };
        using Cli cli = new(api.Url, LocalIdentities.User);
        Assert.Equal(3, (await cli.RunAsync("export", "-o", "all")).ExitCode);

        var other = await cli.RunAsync("export", "team-a/", "-o", "all");
        var restarted = await cli.RunAsync("export", "team-a/", "-o", "all", "--restart");

        Assert.Equal(2, other.ExitCode);
        Assert.Contains("belongs to another export", other.Error, StringComparison.Ordinal);
        Assert.Equal(0, restarted.ExitCode);
        Assert.All(await File.ReadAllLinesAsync(cli.Path("all"), Cancelled), line => Assert.StartsWith("{\"key\":\"team-a/", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_That_Cannot_Be_Written_Is_Exit_Code_6()
    {
        using var cli = Cli.Of(sample);

        var run = await cli.RunAsync("export", "-o", "no/such/folder/all");

        Assert.Equal((6, ""), (run.ExitCode, run.Output));
    }

    private async Task<string> WholeAsync(string format)
    {
        using var cli = Cli.Of(sample);
        var whole = (await cli.RunAsync("ls", "-r", "--format", format)).Output;
        Assert.True(whole.Length > 500_000);
        return whole;
    }

    private static byte[] Decompress(string file)
    {
        using MemoryStream contents = new();
        using (GZipStream gzip = new(File.OpenRead(file), CompressionMode.Decompress))
        {
            gzip.CopyTo(contents);
        }

        return contents.ToArray();
    }
}
