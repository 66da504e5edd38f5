using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Sample;

namespace S3Lister.Documentation.Tests;

/// <summary>Runs the commands of the README and of docs/, or checks them if they need AWS.</summary>
[Collection(SampleApiTests.Name)]
public sealed partial class CommandTests(SampleApi sample)
{
    public static TheoryData<string> Consoles => FencedBlock.Names(block => block.Language == "console");

    [Theory]
    [MemberData(nameof(Consoles))]
    public async Task Commands_Do_What_The_Documentation_Says(string example)
    {
        var commands = Commands(FencedBlock.At(example).Text).ToArray();

        Assert.NotEmpty(commands);
        foreach (var (command, output) in commands)
        {
            await CheckAsync(command, output);
        }
    }

    [Fact]
    public async Task Options_In_The_Readme_Are_Those_Of_The_Local_Stack()
    {
        var help = await HelpAsync([]);

        Assert.All(
            InlineOption().Matches(Repository.Read(Repository.Readme)).Select(match => match.Groups[1].Value),
            option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_Says_How_Many_Sample_Objects_There_Are() =>
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $" {SampleBucket.Count:N0} sample objects"),
            Repository.Read(Repository.Readme),
            StringComparison.Ordinal);

    [Fact]
    public void Files_That_Pages_Link_Or_Install_From_Exist()
    {
        var files = Repository.Pages.Prepend(Repository.Readme).SelectMany(page => Link().Matches(Repository.Read(page))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0])))
            .Concat(Requirements().Matches(Repository.Read(Repository.Readme)).Select(match => match.Groups[1].Value));

        Assert.All(files, file => Assert.True(Path.Exists(Repository.Path(file)), $"{file} is not there."));
    }

    private Task CheckAsync(string command, string output) => command.Split(' ') switch
    {
        ["curl", ..] => RunCurlAsync(command, output),
        ["dotnet", "run", "--project", "S3Lister.Cli", "--", .. var arguments] => CheckClientAsync(arguments, output),
        ["s3lister", .. var arguments] => CheckClientAsync(arguments, output),
        ["dotnet", "run", "--project", var project, .. var options] => CheckLocalAsync(project, options),
        ["dotnet", "test"] => Task.CompletedTask, // The tests that are running.
        ["dotnet", "test", "--project", var project] => CheckScriptAsync($"{project}/{project}.csproj"),
        ["dotnet", "tool", "install", "--global", "s3lister", ..] => Task.CompletedTask, // .ci/run installs it.
        ["dotnet", "tool", "install", "--global", "Amazon.Lambda.Tools", "--version", var version] => CheckVersionAsync(version),
        ["dotnet", "lambda", "deploy-serverless", ..] => CheckDeploymentAsync(command),
        ["aws", ..] => CheckAwsAsync(command), // infrastructure/checks/rehearse.py runs it.
        ["python3" or "bash", var script, ..] => CheckScriptAsync(script),
        _ => throw new NotSupportedException($"Nobody checks {command}."),
    };

    private async Task RunCurlAsync(string command, string output)
    {
        ExternalProgram.Curl.Require();
        var user = LocalIdentities.User;
        var api = sample.Api.Url.GetLeftPart(UriPartial.Authority);
        var here = command
            .Replace("aws:amz:REGION:", "aws:amz:us-east-1:", StringComparison.Ordinal)
            .Replace("KEY:SECRET", $"{user.AccessKeyId}:{user.SecretAccessKey}", StringComparison.Ordinal)
            .Replace($"http://127.0.0.1:{LocalOptions.DefaultPort}", api, StringComparison.Ordinal);
        var run = await ExternalProgram.Shell.RunAsync(
            ["-c", $"{here} --silent --show-error --fail-with-body"],
            new Dictionary<string, string> { ["API"] = api, ["NO_PROXY"] = "127.0.0.1" },
            TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        if (output.Length > 0)
        {
            // The page breaks long lines, and shortens long values to ….
            var expected = string.Join(".+", WhiteSpace().Replace(output, "").Split('…').Select(Regex.Escape));
            Assert.Matches($"^{expected}$", WhiteSpace().Replace(run.Output, ""));
        }
    }

    /// <summary>The command line is valid. If the page shows an output, it is that of the command for the sample bucket.</summary>
    private async Task CheckClientAsync(string[] arguments, string output)
    {
        Assert.Empty(Cli.CommandLine.Create().Parse(arguments).Errors);
        if (output.Length > 0)
        {
            var user = LocalIdentities.User;
            var run = await new ExternalProgram(Path.Combine(AppContext.BaseDirectory, "s3lister"), "what the solution builds").RunAsync(
                arguments,
                new Dictionary<string, string>
                {
                    ["S3LISTER_API"] = sample.Api.Url.GetLeftPart(UriPartial.Authority),
                    ["NO_PROXY"] = "127.0.0.1",
                    ["AWS_REGION"] = "us-east-1",
                    ["AWS_ACCESS_KEY_ID"] = user.AccessKeyId,
                    ["AWS_SECRET_ACCESS_KEY"] = user.SecretAccessKey,
                },
                TestContext.Current.CancellationToken);

            Assert.Equal((0, output.TrimEnd()), (run.ExitCode, run.Output.TrimEnd()));
        }
    }

    private static async Task CheckLocalAsync(string project, string[] options)
    {
        Assert.True(File.Exists(Repository.Path($"{project}/{project}.csproj")));
        await HelpAsync(options);
    }

    private static Task CheckVersionAsync(string version)
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", version);
        return Task.CompletedTask;
    }

    /// <summary>Every parameter without a default has a value, and every parameter exists in the template.</summary>
    private static Task CheckDeploymentAsync(string command)
    {
        var given = GivenParameters().Match(command).Groups[1].Value.Split(';').Select(pair => pair.Split('=')[0]).ToArray();
        var parameters = JsonElement.Parse(Repository.Read(Repository.Template)).GetProperty("Parameters").EnumerateObject().ToArray();

        Assert.Empty(given.Except(parameters.Select(parameter => parameter.Name)));
        Assert.Empty(parameters.Where(parameter => !parameter.Value.TryGetProperty("Default", out _)).Select(parameter => parameter.Name).Except(given));
        return Task.CompletedTask;
    }

    /// <summary>The files exist, and the deployed template has the parameters.</summary>
    private static Task CheckAwsAsync(string command)
    {
        Assert.All(NamedFile().Matches(command).Select(match => match.Groups[1].Value), file => Assert.True(File.Exists(Repository.Path(file)), file));
        if (TemplateFile().Match(command) is { Success: true } template)
        {
            var parameters = TemplateParameters(template.Groups[1].Value);
            // $(…) reads the outputs of another stack; S3Lister.Infrastructure.Tests compares parameters with outputs.
            var given = command.Split("$(")[0].Split(" --parameter-overrides ").ElementAtOrDefault(1) ?? "";
            Assert.All(
                given.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                pair => Assert.Contains(pair.Split('=')[0], parameters));
        }

        return Task.CompletedTask;
    }

    /// <summary>Reads JSON, or YAML that is indented by two spaces.</summary>
    private static IEnumerable<string> TemplateParameters(string path)
    {
        var text = Repository.Read(path);
        return text.StartsWith('{')
            ? JsonElement.Parse(text).GetProperty("Parameters").EnumerateObject().Select(parameter => parameter.Name)
            : text.Split('\n').SkipWhile(line => line != "Parameters:").Skip(1).TakeWhile(line => line.Length == 0 || line[0] == ' ')
                .Where(line => line.Length > 2 && line[2] != ' ').Select(line => line.Trim().TrimEnd(':'));
    }

    private static Task CheckScriptAsync(string script)
    {
        Assert.True(File.Exists(Repository.Path(script)), script);
        return Task.CompletedTask;
    }

    private static async Task<string> HelpAsync(string[] options)
    {
        await using StringWriter output = new();
        await using StringWriter error = new();
        Assert.True(await Local.CommandLine.RunAsync([.. options, "--help"], output, error) == 0, error.ToString());
        return output.ToString();
    }

    /// <summary>Lines after a <c>$</c>, each with its output. If no line has a <c>$</c>, all lines are commands.</summary>
    private static IEnumerable<(string Command, string Output)> Commands(string text)
    {
        var joined = text.Replace("\\\n", "", StringComparison.Ordinal);
        return joined.StartsWith("$ ", StringComparison.Ordinal)
            ? joined[2..].Split("\n$ ").Select(part => part.Split('\n', 2)).Select(parts => (OneLine(parts[0]), parts.ElementAtOrDefault(1) ?? ""))
            : joined.Split('\n').Select(line => (OneLine(line), ""));
    }

    private static string OneLine(string command) => WhiteSpace().Replace(command.Trim(), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("`(--[a-z0-9-]+)[^`]*`")]
    private static partial Regex InlineOption();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"pip install -r ([\w/.]+[\w])")]
    private static partial Regex Requirements();

    [GeneratedRegex(@"file://(\S+)")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"--template-file (\S+)")]
    private static partial Regex TemplateFile();

    [GeneratedRegex("--template-parameters \"([^\"]+)\"")]
    private static partial Regex GivenParameters();
}
