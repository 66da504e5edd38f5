using System.CommandLine;
using System.Net;
using System.Runtime.CompilerServices;
using S3Lister.Cli.Doctor;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Commands;

/// <summary><c>doctor</c>: checks one thing after another, and says what to do about the first that fails.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Find out why the API cannot be called, and what to do.");
        command.SetLocalAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult options, Terminal terminal, CancellationToken cancellationToken)
    {
        await foreach (var found in CheckAsync(options, terminal, cancellationToken))
        {
            await terminal.Output.WriteLineAsync($"{(found.NextStep is null ? "ok    " : "FAILED")}  {found.Check,-11}  {TerminalText.Escape(found.Finding)}");
            if (found.NextStep is { } step)
            {
                await terminal.Output.WriteLineAsync($"                     {step}");
                return found.ExitCode;
            }
        }

        return ExitCode.Success;
    }

    private static async IAsyncEnumerable<Diagnosis> CheckAsync(
        ParseResult options, Terminal terminal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (api, missing) = FindApi(options);
        yield return missing ?? new("api", api!.AbsoluteUri);
        yield return await Reachability.CheckAsync(api!, TimeProvider.System, cancellationToken);
        var (session, problem) = await StartAsync(options, terminal, cancellationToken);
        using (session)
        {
            yield return problem ?? new("credentials", $"Found; requests are signed for {session!.Client.Region}.");
            var (access, refusal) = await ReadAccessAsync(session!, cancellationToken);
            yield return refusal ?? new("permission", $"The API accepts {access!.Principal}.");
            yield return Grants(access!);
            yield return await HealthAsync(session!.Client, cancellationToken);
        }
    }

    private static (Uri? Api, Diagnosis? Problem) FindApi(ParseResult options)
    {
        try
        {
            return (Session.FindApi(options, Settings.Load()), null);
        }
        catch (CommandException exception)
        {
            return (null, new("api", "The URL of the API is missing or wrong.", exception.Message, exception.ExitCode));
        }
    }

    private static async Task<(Session? Session, Diagnosis? Problem)> StartAsync(ParseResult options, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return (await Session.StartAsync(options, terminal, cancellationToken), null);
        }
        catch (CommandException exception)
        {
            return exception.ExitCode == ExitCode.Usage
                ? (null, new("region", "The region of the API is not known.", exception.Message, exception.ExitCode))
                : (null, new("credentials", exception.Message, "`aws sts get-caller-identity` must work with the same settings.", exception.ExitCode));
        }
    }

    private static async Task<(Access? Access, Diagnosis? Problem)> ReadAccessAsync(Session session, CancellationToken cancellationToken)
    {
        try
        {
            return (await session.Client.GetAccessAsync(cancellationToken), null);
        }
        catch (S3ListerException problem) when (problem.StatusCode == HttpStatusCode.Forbidden)
        {
            return (null, await Refusal.ExplainAsync(session, cancellationToken));
        }
        catch (S3ListerException problem)
        {
            return (null, new("api", Failure.Describe(problem).Message, "Look up the request in the log of the service.", ExitCode.ServiceFailed));
        }
    }

    private static Diagnosis Grants(Access access) => access.Prefixes is []
        ? new("grants", "No grant of the service covers you: you may list nothing.", $"Have {access.Principal} added to the parameter Grants of the stack.", ExitCode.Refused)
        : new("grants", access.Prefixes.Contains("") ? "You may list the whole bucket." : $"You may list {string.Join(", ", access.Prefixes)}.");

    private static async Task<Diagnosis> HealthAsync(S3ListerClient client, CancellationToken cancellationToken)
    {
        try
        {
            var health = await client.GetHealthAsync(cancellationToken);
            return health.IsReady
                ? new("bucket", "The service can list its bucket.")
                : new("bucket", $"The service cannot list its bucket: {health.Cause}.", BucketStep(health.Cause), ExitCode.ServiceFailed);
        }
        catch (S3ListerException problem) when (problem.StatusCode == HttpStatusCode.Forbidden)
        {
            return new("bucket", "Not checked: you may not call GET /health.");
        }
    }

    private static string BucketStep(string? cause) => cause switch
    {
        "AccessDenied" => "Check the bucket policy, ListablePrefixes and the permissions boundary of the functions' roles.",
        "NoSuchBucket" => "Check the parameter BucketName of the stack.",
        "WrongRegion" => "Deploy the stack in the region of the bucket.",
        _ => "This usually passes. Look at the alarms of the service and at the AWS Health Dashboard.",
    };
}
