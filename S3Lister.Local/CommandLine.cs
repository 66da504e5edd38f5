using System.CommandLine;
using System.Net.Sockets;

namespace S3Lister.Local;

/// <summary>The options of <c>dotnet run --project S3Lister.Local</c>.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Folder = new("--folder")
    {
        Description =
            "Serve this directory as the bucket: its regular files are the objects. Links are not followed; they, FIFOs, "
            + "sockets and devices are left out and counted at the start.",
        HelpName = "DIR",
    };

    private static readonly Option<string> Bucket = new("--bucket")
    {
        Description = "List this bucket, with your own AWS credentials (AWS_PROFILE and the like).",
        HelpName = "NAME",
    };

    private static readonly Option<string> Region = new("--region")
    {
        Description = "The bucket's region, and the one that requests are signed for.",
        HelpName = "REGION",
        DefaultValueFactory = _ => new LocalOptions().Region,
    };

    private static readonly Option<string> Endpoint = new("--endpoint")
    {
        Description = "The S3-compatible store that has the bucket, instead of AWS.",
        HelpName = "URL",
    };

    private static readonly Option<string> ExpectedBucketOwner = new("--expected-bucket-owner")
    {
        Description = "The account that must own the bucket.",
        HelpName = "ACCOUNT",
    };

    private static readonly Option<int> S3Port = new("--s3-port")
    {
        Description = "The embedded S3's port on 127.0.0.1; 0 for a free one.",
        HelpName = "N",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description =
            $"The API's port on 127.0.0.1; 0 for a free one. The default is {LocalOptions.DefaultPort}, or the "
            + "next free one.",
        HelpName = "N",
    };

    private static readonly Option<string> Function = new("--function")
    {
        Description = "The executable of the functions, such as the Native AOT binary, instead of the built one.",
        HelpName = "PATH",
    };

    private static readonly Option<string> Template = new("--template")
    {
        Description = "The template, instead of the solution's serverless.template.",
        HelpName = "FILE",
    };

    private static readonly Option<int> MaxInstances = new("--max-instances")
    {
        Description = "How many processes of one function may run at once.",
        HelpName = "N",
        DefaultValueFactory = _ => new LocalOptions().MaxInstances,
    };

    /// <summary>Runs until it is cancelled and returns 0; an error returns 1 and writes one line.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var command = new RootCommand(
            "The whole S3Lister API on this machine: the functions behind a gateway that checks IAM signatures, in "
            + "front of a sample bucket, a folder, or a bucket of yours.")
        {
            Folder, Bucket, Region, Endpoint, ExpectedBucketOwner, Port, S3Port, Function, Template, MaxInstances,
        };
        command.SetAction((result, cancellationToken) => ServeAsync(result, output, error, cancellationToken));
        var parsed = command.Parse(args);
        if (parsed.Errors is [var first, ..])
        {
            await error.WriteLineAsync(first.Message);
            return 1;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        });
    }

    private static async Task<int> ServeAsync(
        ParseResult result, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var observer = new ConsoleObserver(output);
        var options = new LocalOptions
        {
            Folder = result.GetValue(Folder),
            Bucket = result.GetValue(Bucket),
            Region = result.GetRequiredValue(Region),
            Endpoint = result.GetValue(Endpoint),
            ExpectedBucketOwner = result.GetValue(ExpectedBucketOwner),
            Port = result.GetResult(Port) is null ? null : result.GetValue(Port),
            S3Port = result.GetValue(S3Port),
            Report = observer.OnReport,
            Function = result.GetValue(Function),
            Template = result.GetValue(Template),
            MaxInstances = result.GetValue(MaxInstances),
            Observer = observer,
            AccessLog = observer.OnRequest,
        };
        try
        {
            await using var stack = await LocalStack.StartAsync(options, cancellationToken);
            await output.WriteLineAsync(Banner.Text(stack));
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is the normal end.
        }
        catch (Exception exception) when (exception is LocalStackException or IOException or SocketException)
        {
            await error.WriteLineAsync(exception.Message);
            return 1;
        }

        return 0;
    }
}
