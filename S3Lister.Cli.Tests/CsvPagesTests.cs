using Microsoft.AspNetCore.Http;
using S3Lister.Local;

namespace S3Lister.Cli.Tests;

public sealed class CsvPagesTests
{
    /// <summary>With a filter, a page can have no entries and another page after it.</summary>
    [Fact]
    public async Task Header_Is_Written_Once_When_The_First_Page_Has_No_Entries()
    {
        await using var api = await FaultyApi.StartAsync(null);
        api.Handle = async (context, number) =>
        {
            var headers = context.Response.Headers;
            headers["s3lister-key-count"] = number == 1 ? "0" : "1";
            headers["s3lister-scanned"] = "1";
            headers["s3lister-s3-requests"] = "1";
            headers["s3lister-is-truncated"] = number == 1 ? "true" : "false";
            if (number == 1)
            {
                headers["s3lister-next-continuation-token"] = "t";
            }

            await context.Response.WriteAsync(number == 1 ? "type,key\r\n" : "type,key\r\nobject,a\r\n", TestContext.Current.CancellationToken);
            return true;
        };
        using Cli cli = new(api.Url, LocalIdentities.User);

        var run = await cli.RunAsync("--region", "us-east-1", "ls", "-r", "--format", "csv");

        Assert.Equal((0, "type,key\r\nobject,a\r\n"), (run.ExitCode, run.Output));
    }
}
