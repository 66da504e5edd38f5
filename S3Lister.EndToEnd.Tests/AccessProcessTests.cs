using S3Lister.EndToEnd.Tests.RestApi;
using S3Lister.Local;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.EndToEnd.Tests;

/// <summary>Processes without credentials, which the functions that list need to start.</summary>
public sealed class AccessProcessTests
{
    [Fact]
    public async Task Access_Is_Described_When_There_Are_No_Credentials()
    {
        await using var function = await StartAsync("DescribeAccess");

        var result = await function.InvokeAsync(RestEvent.Get("/access", "", RestCaller.TeamA));

        var prefixes = RestResponse.Read(result.Payload).Json.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString());
        Assert.Equal(["team-a/"], prefixes);
    }

    [Fact]
    public async Task Function_That_Lists_Does_Not_Start_When_There_Are_No_Credentials()
    {
        await using var function = await StartAsync("Health");

        var result = await function.InvokeAsync(RestEvent.Get("/health", "", RestCaller.TeamA));

        Assert.Equal(InvocationStatus.Error, result.Status);
    }

    private static Task<FunctionHost> StartAsync(string name) => FunctionHost.StartAsync(
        new FunctionOptions
        {
            Name = name,
            Executable = Environment.GetEnvironmentVariable("S3LISTER_FUNCTION") ?? BuildOutput.Function,
            MemorySize = 128,
            Timeout = TimeSpan.FromSeconds(10),
            Environment = new Dictionary<string, string>
            {
                ["ANNOTATIONS_HANDLER"] = name,
                ["S3LISTER_BUCKET"] = TestBucket.Name,
                ["S3LISTER_GRANTS"] = RestCaller.Grants,
            },
        },
        TestContext.Current.CancellationToken);
}
