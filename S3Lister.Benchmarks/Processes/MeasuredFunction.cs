using S3Lister.Local;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.Gateway;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Benchmarks.Processes;

/// <summary>A function of the template with a Lambda Runtime API, for one process after another.</summary>
internal sealed class MeasuredFunction : IAsyncDisposable
{
    public const string Region = "us-east-1";

    private readonly RuntimeApiServer _server;
    private readonly TimeSpan _timeout;
    private int _invocations;

    private MeasuredFunction(RuntimeApiServer server, FunctionOptions options, EmbeddedS3Server s3)
    {
        _server = server;
        S3 = s3;
        _timeout = options.Timeout;
        Environment = FunctionEnvironment.Build(options, server.Address(0), TimeProvider.System.GetUtcNow());
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public EmbeddedS3Server S3 { get; }

    /// <summary>Starts the Runtime API for the function of a route, configured as in the template and to list this S3.</summary>
    public static async Task<MeasuredFunction> StartAsync(string route, EmbeddedS3Server s3, string bucket, Certificates? certificates)
    {
        var template = Template();
        var id = template.Routes.FirstOrDefault(candidate => candidate.Key == route)?.Function
            ?? throw new BenchmarkException($"serverless.template has no route {route}.");
        var function = template.Functions.First(candidate => candidate.LogicalId == id);
        var role = LocalIdentities.FunctionRole;
        FunctionOptions options = new()
        {
            Name = id,
            Executable = BuildOutput.Function,
            Handler = function.Handler,
            MemorySize = function.MemorySize,
            Timeout = function.Timeout,
            LogFormat = function.LogFormat,
            LogLevel = function.LogLevel,
            MaxInstances = 1,
            Region = Region,
            Environment = new Dictionary<string, string>(function.Environment.Concat(
                certificates is null ? [] : Certificates.Trust(certificates.SystemBundle)))
            {
                ["S3LISTER_BUCKET"] = bucket,
                ["S3LISTER_EXPECTED_BUCKET_OWNER"] = LocalIdentities.AccountId,
                ["S3LISTER_ENDPOINT"] = s3.Endpoint.GetLeftPart(UriPartial.Authority),
                ["S3LISTER_FORCE_PATH_STYLE"] = "true",
                ["S3LISTER_TRUSTED_ROOTS"] = certificates?.AmazonBundle ?? "system",
                ["AWS_ACCESS_KEY_ID"] = role.AccessKeyId,
                ["AWS_SECRET_ACCESS_KEY"] = role.SecretAccessKey,
                ["AWS_SESSION_TOKEN"] = role.SessionToken!,
            },
        };
        return new MeasuredFunction(await RuntimeApiServer.StartAsync(options, CancellationToken.None), options, s3);
    }

    private static HttpApi Template() => TemplateReader.Read(BuildOutput.Template, new Dictionary<string, string>
    {
        ["AWS::Region"] = Region,
        ["AWS::AccountId"] = LocalIdentities.AccountId,
        ["AWS::Partition"] = "aws",
        ["AWS::StackName"] = "benchmarks",
    });

    /// <summary>Uses this session for the next process.</summary>
    public void Attach(RuntimeSession session) => _server.Attach(0, session);

    public Invocation CreateInvocation(ReadOnlyMemory<byte> payload)
    {
        var id = new Guid(++_invocations, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]).ToString();
        return new Invocation(id, TraceId.New(TimeProvider.System), payload)
        {
            Deadline = TimeProvider.System.GetUtcNow() + _timeout,
        };
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
