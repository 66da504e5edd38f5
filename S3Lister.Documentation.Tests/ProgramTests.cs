using System.Text.Json;
using Amazon.Runtime;
using S3Lister.Local;

namespace S3Lister.Documentation.Tests;

/// <summary>Runs the programs in docs/ with temporary credentials and with those of a user. They list the sample bucket.</summary>
[Collection(SampleApiTests.Name)]
public sealed class ProgramTests(SampleApi sample)
{
    private static readonly ExternalProgram Botocore = ExternalProgram.PythonWith("botocore", "botocore, with `pip install botocore`");

    public static TheoryData<string, bool> Programs =>
    [
        .. from block in FencedBlock.All
           where block.Attributes.ContainsKey("lists")
           from temporary in (bool[])[true, false]
           select (block.Name, temporary),
    ];

    public static TheoryData<string> CompiledPrograms => FencedBlock.Names(block => block.Is("csharp", "file"));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Documented_Program_Lists_All_Keys(string example, bool temporary)
    {
        var block = FencedBlock.At(example);
        var identity = temporary ? LocalIdentities.Role : LocalIdentities.User;
        var (interpreter, needed) = block.Language == "sh" ? ("sh", ExternalProgram.Curl) : ("python3", Botocore);
        needed.Require();
        var folder = Directory.CreateTempSubdirectory("s3lister-docs-");
        try
        {
            // Some of them write files to the working directory.
            var run = await ExternalProgram.Shell.RunAsync(
                ["-c", $"cd \"$FOLDER\" && exec {interpreter} -c \"$PROGRAM\""],
                new Dictionary<string, string>
                {
                    ["FOLDER"] = folder.FullName,
                    ["PROGRAM"] = block.Text,
                    ["API"] = sample.Api.Url.GetLeftPart(UriPartial.Authority),
                    ["NO_PROXY"] = "127.0.0.1",
                    ["AWS_REGION"] = "us-east-1",
                    ["AWS_ACCESS_KEY_ID"] = identity.AccessKeyId,
                    ["AWS_SECRET_ACCESS_KEY"] = identity.SecretAccessKey,
                    ["AWS_SESSION_TOKEN"] = identity.SessionToken ?? "",
                },
                TestContext.Current.CancellationToken);

            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(
                SampleKeys(Uri.UnescapeDataString(block.Attributes["lists"])),
                run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.StartsWith('{') ? JsonElement.Parse(line).GetProperty("key").GetString()! : line));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(CompiledPrograms))]
    public void Documented_Program_Is_The_Compiled_One(string example)
    {
        var block = FencedBlock.At(example);
        var lines = Repository.Read(block.Attributes["file"]).TrimEnd().Split('\n').ToList();
        var place = lines.FindIndex(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        lines.RemoveRange(place, 2);

        Assert.Equal(string.Join('\n', lines), block.Text);
    }

    [Fact]
    public async Task Compiled_Program_Lists_All_Keys()
    {
        var role = LocalIdentities.Role;
        await using StringWriter output = new() { NewLine = "\n" };

        await ListedKeys.WriteAsync(
            sample.Api.Url, output, new SessionAWSCredentials(role.AccessKeyId, role.SecretAccessKey, role.SessionToken));

        Assert.Equal(SampleKeys("team-a/"), output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static List<string> SampleKeys(string prefix)
    {
        var keys = SampleApi.ReadKeys();
        keys.RemoveAll(key => !key.StartsWith(prefix, StringComparison.Ordinal));
        Assert.True(keys.Count > 100);
        return keys;
    }
}
