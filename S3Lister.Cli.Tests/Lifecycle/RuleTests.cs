using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using S3Lister.Cli.Lifecycle;

namespace S3Lister.Cli.Tests.Lifecycle;

/// <summary>The command <c>rule</c> against objects that are priced one by one, and against readers of its rule.</summary>
[Collection<MotoServerTests>]
public sealed class RuleTests(SampleApi sample, MotoServer moto) : IClassFixture<SampleApi>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "DEEP_ARCHIVE", false)]
    [InlineData("warehouse/", "GLACIER_IR", false)]
    [InlineData("", "GLACIER", true)]
    [InlineData("logs/", "STANDARD_IA", true)]
    public async Task Figures_Are_Those_Of_The_Objects(string prefix, string target, bool small)
    {
        // Older than every minimum storage duration.
        const int Days = 200;
        using var cli = Cli.Of(sample);
        var objects = (await cli.RunAsync("ls", prefix, "-r", "--format", "ndjson")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))
            .Select(row => (Size: row.GetProperty("size").GetInt64(), Modified: row.GetProperty("lastModified").GetDateTimeOffset(), Class: row.GetProperty("storageClass").GetString()!))
            .ToArray();

        var run = await cli.RunAsync(["rule", prefix, "--older", $"{Days}d", "--to", target, .. small ? ["--small"] : Array.Empty<string>()]);

        Assert.True(run.ExitCode == 0, run.Error);
        var limit = TimeProvider.System.GetUtcNow().AddDays(-Days);
        var moved = objects.Where(row => row.Modified < limit && Price(row.Class).To.Contains(target) && row.Size >= (small ? 1 : 131_072)).ToArray();
        Assert.NotEmpty(moved);
        var before = moved.Sum(row => Monthly(row.Class, row.Size));
        var after = moved.Sum(row => Monthly(target, row.Size));
        var rows = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(cells => cells[0], cells => cells[1..]);
        Assert.Equal([$"{moved.Length}", $"{moved.Sum(row => row.Size)}"], rows["moved"]);
        AssertNear(before, rows["monthly before"]);
        AssertNear(after, rows["monthly after"]);
        AssertNear(before - after, rows["monthly saving"]);
        AssertNear(moved.Length * (decimal)Price(target).TransitionPer1000! / 1000, rows["one-time cost"]);
        Assert.Equal(
            objects.Count(row => row.Size > 0 || !small),
            ((string[])["moved", "too small", "too young", "other class"]).Sum(name => int.Parse(rows[name][0], CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("team-a/reports/")]
    [InlineData("a & <b>\"é/")]
    public async Task Rule_Is_One_That_The_Aws_Cli_Sends_And_S3_Keeps(string prefix)
    {
        await moto.ResetAsync(Cancelled);
        using var cli = Cli.Of(sample);

        var run = await cli.RunAsync(["rule", prefix, "--older", "90d", "--to", "GLACIER_IR", "--emit", "rule.json"]);

        Assert.True(run.ExitCode == 0, run.Error);
        await AwsAsync(moto.Endpoint, "s3api", "create-bucket", "--bucket", "sample-bucket");
        await PutAsync(moto.Endpoint, cli);
        var kept = JsonNode.Parse(await AwsAsync(moto.Endpoint, "s3api", "get-bucket-lifecycle-configuration", "--bucket", "sample-bucket"))!["Rules"]!;
        var written = JsonNode.Parse(await File.ReadAllTextAsync(cli.Path("rule.json"), Cancelled))!["Rules"]!;
        Assert.True(JsonNode.DeepEquals(written, kept), $"{written}\n{kept}");
    }

    /// <summary>moto drops a size of 0, so these are compared with what the AWS CLI sends.</summary>
    [Theory]
    [InlineData("", "<Filter><ObjectSizeGreaterThan>0</ObjectSizeGreaterThan></Filter>")]
    [InlineData("a&b/", "<Filter><And><Prefix>a&amp;b/</Prefix><ObjectSizeGreaterThan>0</ObjectSizeGreaterThan></And></Filter>")]
    public async Task Rule_For_Small_Objects_Has_A_Size_Of_Its_Own(string prefix, string filter)
    {
        await using var s3 = await FaultyApi.StartAsync(null);
        var body = "";
        s3.Handle = async (context, _) =>
        {
            body = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancelled);
            return true;
        };
        using var cli = Cli.Of(sample);

        var run = await cli.RunAsync("rule", prefix, "--older", "90d", "--to", "GLACIER", "--small", "--emit", "rule.json");

        Assert.True(run.ExitCode == 0, run.Error);
        await PutAsync(s3.Url, cli);
        Assert.Contains(filter, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_Prices_Are_Used()
    {
        using var cli = Cli.Of(sample);
        var prices = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("S3Lister.Cli/Lifecycle/StoragePrices.json"), Cancelled))!;
        prices["region"] = "eu-central-1";
        prices["classes"]![0]!["perGiBMonth"] = 0;
        await File.WriteAllTextAsync(cli.Path("prices.json"), prices.ToJsonString(), Cancelled);

        var run = await cli.RunAsync("rule", "logs/", "--older", "200d", "--to", "STANDARD_IA", "--prices", "prices.json");

        Assert.Contains("prices\teu-central-1 2026-06-01\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("monthly before\t0.00\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("pays back after\tnever\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Of_Prices_That_Is_None_Is_Exit_Code_2()
    {
        using var cli = Cli.Of(sample);
        await File.WriteAllTextAsync(cli.Path("prices.json"), """{"region":"eu-central-1"}""", Cancelled);

        var run = await cli.RunAsync("rule", "--older", "90d", "--to", "GLACIER", "--prices", "prices.json");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("prices.json is not a price file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_Of_The_Sums_Is_Exit_Code_5_And_No_Rule()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        api.Handle = (context, number) =>
        {
            if (number == 1)
            {
                context.Request.QueryString = context.Request.QueryString.Add("max-requests", "2");
            }

            context.Response.StatusCode = number == 1 ? 200 : 403;
            return Task.FromResult(number > 1);
        };
        using Cli cli = new(api.Url, S3Lister.Local.LocalIdentities.User);

        var run = await cli.RunAsync("rule", "--older", "90d", "--to", "GLACIER", "--emit", "rule.json");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("This is a part", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(cli.Path("rule.json")));
    }

    private static StoragePrice Price(string storageClass) => StoragePrices.Default.Find(storageClass) ?? new(storageClass, 0, []);

    /// <summary>By the price page, for one object.</summary>
    private static decimal Monthly(string storageClass, long size)
    {
        const decimal GiB = 1L << 30;
        return storageClass switch
        {
            "STANDARD" => size / GiB * 0.023m,
            "STANDARD_IA" => Math.Max(size, 131_072) / GiB * 0.0125m,
            "ONEZONE_IA" => Math.Max(size, 131_072) / GiB * 0.01m,
            "GLACIER_IR" => Math.Max(size, 131_072) / GiB * 0.004m,
            "INTELLIGENT_TIERING" => size < 131_072 ? size / GiB * 0.023m : (size / GiB * 0.004m) + 0.0000025m,
            "GLACIER" => ((size + 32_768) / GiB * 0.0036m) + (8_192 / GiB * 0.023m),
            "DEEP_ARCHIVE" => ((size + 32_768) / GiB * 0.00099m) + (8_192 / GiB * 0.023m),
            _ => throw new ArgumentOutOfRangeException(nameof(storageClass), storageClass, null),
        };
    }

    private static void AssertNear(decimal expected, string[] cells) =>
        Assert.Equal((double)expected, double.Parse(Assert.Single(cells), CultureInfo.InvariantCulture), tolerance: 0.0051);

    private static Task<string> PutAsync(Uri endpoint, Cli cli) => AwsAsync(
        endpoint, "s3api", "put-bucket-lifecycle-configuration", "--bucket", "sample-bucket", "--lifecycle-configuration", $"file://{cli.Path("rule.json")}");

    private static async Task<string> AwsAsync(Uri endpoint, params string[] arguments)
    {
        var run = await ExternalProgram.AwsCli.RunAsync(
            ["--endpoint-url", endpoint.GetLeftPart(UriPartial.Authority), .. arguments],
            new Dictionary<string, string>
            {
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_PAGER"] = "",
            },
            Cancelled);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
