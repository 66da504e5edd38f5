using Amazon.Runtime;
using S3Lister.Local.Gateway;
using S3Lister.Local.RuntimeApi;
using S3Lister.Local.SigV4;
using Route = S3Lister.Local.Gateway.Route;

namespace S3Lister.Local;

/// <summary>The whole API on this machine: a bucket, the functions, the gateway.</summary>
internal sealed class LocalStack : IAsyncDisposable
{
    // More than Lambda's ten seconds: this machine may be busy with builds.
    private static readonly TimeSpan InitTimeout = TimeSpan.FromMinutes(1);

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly StartupObserver _observer;
    private GatewayServer? _gateway;

    private LocalStack(LocalOptions options)
    {
        Options = options;
        _observer = new StartupObserver(options.Observer);
    }

    public LocalOptions Options { get; }

    /// <summary>Where the API is.</summary>
    public Uri Url => _gateway!.Url;

    /// <summary>Where the page is, with its token.</summary>
    public Uri PageUrl => _gateway!.Page!.Url(Url);

    /// <summary>Who may call it.</summary>
    public IReadOnlyList<Identity> Identities { get; } = LocalIdentities.All;

    public IReadOnlyList<Route> Routes { get; private set; } = [];

    /// <summary>The functions by their logical id in the template.</summary>
    public IReadOnlyDictionary<string, FunctionHost> Functions { get; private set; } =
        new Dictionary<string, FunctionHost>();

    public LocalStore Store { get; private set; } = null!;

    /// <summary>
    /// Starts everything; every function has one process ready when it returns. Throws
    /// <see cref="LocalStackException"/> for what the user has to correct.
    /// </summary>
    public static async Task<LocalStack> StartAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        var stack = new LocalStack(options);
        try
        {
            await stack.StartPartsAsync(cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        var api = TemplateReader.Read(Options.Template ?? BuildOutput.Template, new Dictionary<string, string>
        {
            ["AWS::Region"] = Options.Region,
            ["AWS::AccountId"] = LocalIdentities.AccountId,
            ["AWS::Partition"] = "aws",
            ["AWS::StackName"] = "local",
        });
        Store = await StartStoreAsync(cancellationToken);
        _parts.Push(Store);
        Functions = await StartFunctionsAsync(api, cancellationToken);
        Routes = api.Routes;
        await StartGatewayAsync(cancellationToken);
        await ProbeAsync(cancellationToken);
    }

    private async Task<LocalStore> StartStoreAsync(CancellationToken cancellationToken)
    {
        if (Options.Bucket is not null)
        {
            return LocalStore.Existing(Options);
        }

        try
        {
            return await LocalStore.EmbeddedAsync(Options, cancellationToken);
        }
        catch (IOException exception)
        {
            throw Taken(Options.S3Port, "--s3-port", exception);
        }
    }

    private async Task<Dictionary<string, FunctionHost>> StartFunctionsAsync(
        HttpApi api, CancellationToken cancellationToken)
    {
        var executable = Options.Function ?? BuildOutput.Function;
        if (!File.Exists(executable))
        {
            throw new LocalStackException($"The executable {executable} does not exist. Build the solution first.");
        }

        var hosts = new Dictionary<string, FunctionHost>(StringComparer.Ordinal);
        foreach (var function in api.Functions)
        {
            var environment = new Dictionary<string, string>(function.Environment, StringComparer.Ordinal)
            {
                ["S3LISTER_GRANTS"] = LocalIdentities.Grants,
            };
            foreach (var (name, value) in Store.Environment)
            {
                environment[name] = value;
            }

            var host = await FunctionHost.StartAsync(
                new FunctionOptions
                {
                    Name = function.LogicalId,
                    Executable = executable,
                    Handler = function.Handler,
                    MemorySize = function.MemorySize,
                    Timeout = function.Timeout,
                    InitTimeout = InitTimeout,
                    LogFormat = function.LogFormat,
                    LogLevel = function.LogLevel,
                    Environment = environment,
                    Region = Options.Region,
                    MaxInstances = Options.MaxInstances,
                    Observer = _observer,
                },
                cancellationToken);
            _parts.Push(host);
            hosts.Add(function.LogicalId, host);
        }

        return hosts;
    }

    private async Task StartGatewayAsync(CancellationToken cancellationToken)
    {
        var options = new GatewayOptions
        {
            Routes = Routes,
            Functions = Functions,
            Region = Options.Region,
            Port = Options.Port ?? LocalOptions.DefaultPort,
            TakesNextPort = Options.Port is null,
            AccessLog = Options.AccessLog,
        };
        try
        {
            _gateway = await GatewayServer.StartAsync(options, cancellationToken);
            _parts.Push(_gateway);
            StartPage(_gateway);
        }
        catch (IOException exception)
        {
            throw Taken(options.Port, "--port", exception);
        }
    }

    // The page calls the API as the first caller: its requests are signed, checked and logged as all others.
    private void StartPage(GatewayServer gateway)
    {
        var user = LocalIdentities.User;
        gateway.Page = new PageHost(
            Url, SignedRequests.For(new BasicAWSCredentials(user.AccessKeyId, user.SecretAccessKey), Options.Region), TimeProvider.System);
    }

    private static LocalStackException Taken(int port, string option, IOException exception) =>
        new($"Port {port} is taken. Choose another with {option}, or 0 for any.", exception);

    // Finds a function that cannot start now, not at the first request.
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(Functions.Values.Select(host => host.WarmAsync(cancellationToken)));
        if (reports.FirstOrDefault(report => report.Error is not null) is { } failed)
        {
            throw new LocalStackException(_observer.Explain(failed));
        }

        _observer.Release();
    }
}
