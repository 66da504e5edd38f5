using System.Net;
using Amazon.Runtime;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>What a failure means for the person at the terminal: an exit code, and one line.</summary>
internal static class Failure
{
    private const string Doctor = "Run `s3lister doctor` to find the cause.";

    public static (int ExitCode, string Message) Describe(Exception exception) => exception switch
    {
        CommandException command => (command.ExitCode, command.Message),
        S3ListerException problem => (CodeOf(problem), Message(problem)),
        HttpRequestException request => (ExitCode.ServiceFailed, $"{Reason(request)} {Doctor}"),
        TaskCanceledException { InnerException: TimeoutException } => (ExitCode.ServiceFailed, $"The API does not respond in time. {Doctor}"),
        AmazonClientException or AmazonServiceException => (ExitCode.Refused, $"No credentials: {Sentence(exception.Message)} {Doctor}"),
        IOException or UnauthorizedAccessException => (ExitCode.LocalFile, exception.Message),
        _ => (ExitCode.ServiceFailed, exception.ToString()),
    };

    /// <summary>Why there is no response.</summary>
    public static string Reason(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "The host name of the API is not found.",
        HttpRequestError.SecureConnectionError => "The certificate of the API is not trusted.",
        HttpRequestError.ConnectionError => "The API cannot be reached.",
        _ => $"The connection to the API failed: {Sentence(exception.Message)}",
    };

    public static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private static int CodeOf(S3ListerException problem) => problem.StatusCode switch
    {
        HttpStatusCode.BadRequest => ExitCode.Usage,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Refused,
        _ => ExitCode.ServiceFailed,
    };

    private static string Message(S3ListerException problem)
    {
        var id = problem.RequestId is null ? "" : $", request {problem.RequestId}";
        return problem.Code == "Forbidden"
            ? $"The API refuses the request ({(int)problem.StatusCode} Forbidden{id}). {Doctor}"
            : $"{Sentence(problem.Message)} ({(int)problem.StatusCode} {problem.Code}{id})";
    }
}
