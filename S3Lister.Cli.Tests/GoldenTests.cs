using System.Text.RegularExpressions;
using S3Lister.Local;

namespace S3Lister.Cli.Tests;

/// <summary>
/// What each command writes, in a pipe and on a terminal, and its exit code: compared with the files in <c>Golden</c>. If the
/// variable S3LISTER_WRITE_GOLDEN is set, the tests write the files.
/// </summary>
public sealed partial class GoldenTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private static readonly Dictionary<string, string[]> Commands = new()
    {
        ["ls"] = ["ls"],
        ["ls-odd"] = ["ls", "odd/"],
        ["ls-long"] = ["ls", "odd/order/", "-l"],
        ["ls-names"] = ["ls", "odd/", "-1", "--limit", "28"],
        ["ls-null"] = ["ls", "odd/l", "-r", "-0"],
        ["ls-sort-size"] = ["ls", "-r", "--sort", "size", "--limit", "3"],
        ["ls-sort-time"] = ["ls", "team-a/", "--sort", "time", "-l"],
        ["ls-filters"] = ["ls", "-r", "--include", "**/IMG_000?.JPG", "--min-size", "1MiB", "--max-size", "2MiB", "--older", "2026-06-01", "--newer", "2026-02-01", "--class", "STANDARD"],
        ["ls-ndjson"] = ["ls", "odd/", "--format", "ndjson"],
        ["ls-csv"] = ["ls", "odd/", "--format", "csv"],
        ["ls-nothing"] = ["ls", "nothing/"],
        ["ls-require"] = ["ls", "nothing/", "--require"],
        ["ls-color"] = ["ls", "--color", "always"],
        ["ls-other-bucket"] = ["ls", "s3://other-bucket/"],
        ["ls-s3-uri"] = ["ls", "s3://sample-bucket/team-a/"],
        ["ls-bad-glob"] = ["ls", "--include", "{{a}}"],
        ["du"] = ["du"],
        ["du-odd"] = ["du", "odd/"],
        ["du-json"] = ["du", "team-a/", "--format", "json", "--top", "1"],
        ["du-depth"] = ["du", "-d", "3", "--min-share", "2"],
        ["du-depth-odd"] = ["du", "odd/", "-d", "8"],
        ["du-by-class"] = ["du", "--by", "class"],
        ["du-by-size"] = ["du", "--by", "size"],
        ["du-by-ending"] = ["du", "team-a/", "--by", "ending"],
        ["du-by-ending-csv"] = ["du", "odd/", "--by", "ending", "--format", "csv"],
        ["du-csv"] = ["du", "odd/", "-d", "2", "--format", "csv"],
        ["du-json-depth"] = ["du", "team-a/", "-d", "1", "--by", "ending", "--top", "0", "--format", "json"],
        ["top"] = ["top", "-n", "3"],
        ["top-newest"] = ["top", "odd/", "--newest", "-n", "2"],
        ["top-oldest"] = ["top", "odd/", "--oldest", "-n", "2"],
        // By the clock, everything is older than no day, and nothing older than ten years.
        ["rule"] = ["rule", "odd/", "--older", "0d", "--to", "INTELLIGENT_TIERING"],
        ["rule-small"] = ["rule", "s3://sample-bucket/odd/", "--older", "0d", "--to", "GLACIER", "--small"],
        ["rule-young"] = ["rule", "--older", "520w", "--to", "DEEP_ARCHIVE"],
        ["rule-class"] = ["rule", "--older", "90d", "--to", "STANDARD"],
        ["rule-age"] = ["rule", "--older", "10d", "--to", "STANDARD_IA"],
        ["rule-prefix"] = ["rule", "odd/\n", "--older", "90d", "--to", "GLACIER"],
        ["usage-rule"] = ["rule", "--older", "12h", "--to", "GLACIER"],
        ["doctor"] = ["doctor"],
        ["help"] = ["--help"],
        ["help-ls"] = ["ls", "--help"],
        ["help-du"] = ["du", "--help"],
        ["help-diff"] = ["diff", "--help"],
        ["help-rule"] = ["rule", "--help"],
        ["help-export"] = ["export", "--help"],
        ["completion-bash"] = ["completion", "bash"],
        ["suggest"] = ["[suggest:14]", "s3lister ls --s"],
        ["suggest-class"] = ["[suggest:20]", "s3lister rule --to G"],
        ["usage-nothing"] = [],
        ["usage-option"] = ["ls", "--nonsense"],
        ["usage-value"] = ["ls", "--limit", "many"],
        ["usage-size"] = ["ls", "--min-size", "10MB"],
        ["usage-age"] = ["ls", "--older", "yesterday"],
        ["usage-depth"] = ["du", "-d", "9"],
        ["usage-by"] = ["du", "-d", "2", "--by", "age"],
        ["usage-exclusive"] = ["top", "--newest", "--oldest"],
    };

    public static TheoryData<string, bool> Cases =>
    [
        .. from name in Commands.Keys
           from isTerminal in (bool[])[false, true]
           // On a terminal, System.CommandLine breaks the lines of help at its width.
           where !isTerminal || !name.StartsWith("help", StringComparison.Ordinal)
           select (name, isTerminal),
    ];

    private static bool Writes => Environment.GetEnvironmentVariable("S3LISTER_WRITE_GOLDEN") is { Length: > 0 };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Command_Writes_What_It_Wrote_Before(string name, bool isTerminal)
    {
        using var cli = Cli.Of(sample);

        var run = isTerminal ? await cli.RunOnTerminalAsync(Commands[name]) : await cli.RunAsync(Commands[name]);

        await AssertGoldenAsync($"{name}.{(isTerminal ? "terminal" : "pipe")}.txt", run);
    }

    [Fact]
    public async Task Whoami_Shows_The_Caller_And_The_Prefixes()
    {
        using Cli cli = new(sample.Api.Url, LocalIdentities.Role);

        var (exitCode, output, error) = await cli.RunAsync("whoami");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(
            "^principal\tarn:aws:iam::123456789012:role/team-a\napi\thttp://127.0.0.1:\\d+/\nbucket\tsample-bucket\nregion\tus-east-1\nversion\t[^\n]+\nprefix\tteam-a/\n$",
            output);
    }

    /// <summary>No byte of a key reaches a terminal that it could act on.</summary>
    [Fact]
    public async Task Terminal_Gets_No_Control_Character_From_A_Key()
    {
        using var cli = Cli.Of(sample);

        foreach (var format in (string[])["table", "names", "ndjson", "csv"])
        {
            var run = await cli.RunOnTerminalAsync("ls", "odd/", "-r", "--color", "never", "--format", format);

            Assert.Equal(0, run.ExitCode);
            Assert.DoesNotContain(run.Output, character => char.IsControl(character) && character != '\n');
            Assert.DoesNotContain('\u200F', run.Output);
        }
    }

    private async Task AssertGoldenAsync(string name, ProgramResult run)
    {
        var text = RequestId().Replace($"{run.Output}--- standard error\n{run.Error}--- exit code {run.ExitCode}\n", "request ID")
            .Replace(sample.Api.Url.GetLeftPart(UriPartial.Authority), "http://127.0.0.1:PORT", StringComparison.Ordinal);
        var file = Repository.Path($"S3Lister.Cli.Tests/Golden/{name}");
        if (Writes)
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), text);
    }

    [GeneratedRegex("request [A-Za-z0-9_=-]{10,}")]
    private static partial Regex RequestId();
}
