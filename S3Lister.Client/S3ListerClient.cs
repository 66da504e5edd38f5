using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Signing;

namespace S3Lister.Client;

/// <summary>Calls an S3Lister API, signed with AWS credentials. One client can be used by several threads.</summary>
/// <remarks>
/// Methods throw <see cref="S3ListerException"/> for a response that is an error, <see cref="HttpRequestException"/> if there is no
/// response, and <see cref="TaskCanceledException"/> if it takes longer than the timeout.
/// </remarks>
public sealed class S3ListerClient : IDisposable
{
    private const string Json = "application/json";

    private static readonly string UserAgent =
        $"S3Lister.Client/{typeof(S3ListerClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    private readonly HttpClient _http;
    private readonly S3ListerClientOptions _options;
    private readonly string _api;

    /// <param name="api">The URL of the API, such as <c>https://abc.execute-api.eu-west-1.amazonaws.com</c>.</param>
    /// <param name="credentials">Whose requests they are. Default: where the AWS SDK finds credentials.</param>
    /// <param name="options">Options. Default: those of <see cref="S3ListerClientOptions"/>.</param>
    /// <exception cref="ArgumentException">The URL is not an absolute http or https URL, or no region is known.</exception>
    public S3ListerClient(Uri api, AWSCredentials? credentials = null, S3ListerClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        if (!api.IsAbsoluteUri || api.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException("The URL of the API must be an absolute http or https URL.", nameof(api));
        }

        _options = options ?? new();
        _api = api.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var region = ApiRegion.Resolve(api, _options.Region);
        Region = region.SystemName;
#pragma warning disable CA2000 // The HttpClient disposes of its handlers.
        _http = new(new SigV4SigningHandler(
            credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(), region, "execute-api", _options.Handler ?? NewHandler()))
        {
            Timeout = _options.Timeout,
        };
#pragma warning restore CA2000
    }

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; }

    /// <summary>Lists objects, page by page, to the last one.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<ListedObject> ListObjectsAsync(
        ListObjectsQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in ListPagesAsync(query, cancellationToken))
        {
            foreach (var entry in page.Contents)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Lists all objects under a prefix.</summary>
    /// <param name="prefix">Only keys that begin with this text; empty for the whole bucket.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IAsyncEnumerable<ListedObject> ListObjectsAsync(string prefix, CancellationToken cancellationToken = default) =>
        ListObjectsAsync(new ListObjectsQuery { Prefix = prefix }, cancellationToken);

    /// <summary>Lists pages to the last one. A page can be empty and have another one after it.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<ObjectPage> ListPagesAsync(
        ListObjectsQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectPage page;
        do
        {
            page = await GetAsync("objects", query.ToQueryString(), ApiJson.Default.ObjectPage, cancellationToken);
            if (page.IsTruncated && page.NextContinuationToken is null)
            {
                throw Problem.Unreadable(HttpStatusCode.OK);
            }

            yield return page;
            query = query with { ContinuationToken = page.NextContinuationToken, StartAfter = null };
        }
        while (page.IsTruncated);
    }

    /// <summary>Copies the body of one page to a stream, unchanged, once it has been received completely.</summary>
    /// <param name="query">What to list; the token selects the page.</param>
    /// <param name="format">The format of the body.</param>
    /// <param name="destination">Where to copy it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<CopiedPage> CopyPageAsync(
        ListObjectsQuery query, ObjectFormat format, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(destination);
        var mediaType = format == ObjectFormat.Csv ? "text/csv" : "application/x-ndjson";
        var (response, body) = await SendAsync($"objects?{query.ToQueryString()}", mediaType, acceptsUnavailable: false, cancellationToken);
        using (response)
        {
            var page = PageHeaders.Read(response) ?? throw Problem.Unreadable(response.StatusCode);
            await destination.WriteAsync(body, cancellationToken);
            return page;
        }
    }

    /// <summary>Sums everything under a prefix. The parts are requested one after another and added up.</summary>
    /// <param name="query">What to sum.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<Summary> SummarizeAsync(SummaryQuery query, CancellationToken cancellationToken = default)
    {
        Summary? sum = null;
        await foreach (var soFar in SummarizePartsAsync(query, cancellationToken))
        {
            sum = soFar;
        }

        return sum!;
    }

    /// <summary>
    /// Sums everything under a prefix, and returns the sums so far after each part. The last one is <see cref="Summary.Complete"/>.
    /// </summary>
    /// <param name="query">What to sum.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async IAsyncEnumerable<Summary> SummarizePartsAsync(
        SummaryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        Summary? sum = null;
        do
        {
            var part = await GetAsync("summary", query.ToQueryString(), ApiJson.Default.Summary, cancellationToken);
            sum = sum?.Add(part) ?? part;
            yield return sum;
            query = query with { ContinuationToken = part.NextContinuationToken };
        }
        while (sum.NextContinuationToken is not null);
    }

    /// <summary>Returns what the caller may list. No request is sent to S3.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Access> GetAccessAsync(CancellationToken cancellationToken = default) =>
        GetAsync("access", "", ApiJson.Default.Access, cancellationToken);

    /// <summary>Returns whether the bucket can be listed. It is not an exception if it cannot be.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Health> GetHealthAsync(CancellationToken cancellationToken = default) =>
        GetAsync("health", "", ApiJson.Default.Health, cancellationToken, acceptsUnavailable: true);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler NewHandler() => new()
    {
        // A redirect would be followed without a new signature.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // So that changes in DNS are noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private async Task<T> GetAsync<T>(
        string path, string query, JsonTypeInfo<T> type, CancellationToken cancellationToken, bool acceptsUnavailable = false)
    {
        var target = query.Length == 0 ? path : $"{path}?{query}";
        var (response, body) = await SendAsync(target, Json, acceptsUnavailable, cancellationToken);
        using (response)
        {
            try
            {
                return JsonSerializer.Deserialize(body, type) ?? throw Problem.Unreadable(response.StatusCode);
            }
            catch (JsonException exception)
            {
                throw response.IsSuccessStatusCode ? Problem.Unreadable(response.StatusCode, exception) : Problem.Read(response, body);
            }
        }
    }

    private async Task<(HttpResponseMessage Response, byte[] Body)> SendAsync(
        string target, string accept, bool acceptsUnavailable, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(target, accept, acceptsUnavailable, cancellationToken);
            }
            catch (Exception failure) when (attempt < _options.MaxAttempts && RetryPolicy.IsTransient(failure))
            {
                var delay = RetryPolicy.Delay(failure, attempt);
                _options.OnRetry?.Invoke(new(failure, attempt, delay));
                await Task.Delay(delay, _options.TimeProvider, cancellationToken);
            }
        }
    }

    private async Task<(HttpResponseMessage Response, byte[] Body)> SendOnceAsync(
        string target, string accept, bool acceptsUnavailable, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{_api}/{target}");
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.UserAgent.ParseAdd(UserAgent);
        var response = await _http.SendAsync(request, cancellationToken);
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode || (acceptsUnavailable && response.StatusCode == HttpStatusCode.ServiceUnavailable)
                ? (response, body)
                : throw Problem.Read(response, body);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
