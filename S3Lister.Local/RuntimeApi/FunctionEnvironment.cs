using System.Globalization;
using System.Runtime.InteropServices;

namespace S3Lister.Local.RuntimeApi;

/// <summary>
/// The environment of a function's process: Lambda's own variables, then the function's, and nothing of ours.
/// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
/// </summary>
internal static class FunctionEnvironment
{
    public static Dictionary<string, string> Build(FunctionOptions options, string runtimeApi, DateTimeOffset now)
    {
        var stream = Guid.NewGuid().ToString("N");
        var variables = new Dictionary<string, string>(options.Environment, StringComparer.Ordinal)
        {
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
            ["AWS_LAMBDA_FUNCTION_NAME"] = options.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = options.MemorySize.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{options.Name}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] =
                string.Create(CultureInfo.InvariantCulture, $"{now:yyyy/MM/dd}/[$LATEST]{stream}"),
            ["AWS_LAMBDA_LOG_FORMAT"] = options.LogFormat,
            ["AWS_REGION"] = options.Region,
            ["AWS_DEFAULT_REGION"] = options.Region,
            ["AWS_EXECUTION_ENV"] = "AWS_Lambda_provided.al2023",
            ["_HANDLER"] = options.Handler,
            ["LAMBDA_TASK_ROOT"] = Path.GetDirectoryName(Path.GetFullPath(options.Executable)) ?? "/",
            ["LAMBDA_RUNTIME_DIR"] = "/var/runtime",
            ["PATH"] = "/usr/local/bin:/usr/bin/:/bin:/opt/bin",
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",

            // Not Lambda's: a build that is not ahead of time compiled has to find the .NET runtime.
            ["DOTNET_ROOT"] = DotnetRoot,
        };
        if (options.LogLevel is { } level && options.LogFormat == "JSON")
        {
            variables["AWS_LAMBDA_LOG_LEVEL"] = level;
        }

        return variables;
    }

    /// <summary>The installation this process runs in: shared/Microsoft.NETCore.App/10.0.x is three levels below.</summary>
    public static string DotnetRoot { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
