using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using S3Lister.Functions.Access;

namespace S3Lister.Infrastructure.Tests.Logs;

/// <summary>The line and the metric record that the real handlers log for each kind of response from S3.</summary>
internal sealed partial class FunctionLog
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string[]> _lines = [];

    private FunctionLog()
    {
    }

    public static Task<FunctionLog> Current { get; } = WriteAsync();

    /// <summary>The lines by what happened.</summary>
    public IReadOnlyDictionary<string, string[]> Lines => _lines;

    public IEnumerable<JsonElement> Records => Parsed.Where(line => line.TryGetProperty("_aws", out _));

    /// <summary>The fields that a query, a filter or a rule may use.</summary>
    public IEnumerable<string> Fields => Parsed.SelectMany(line => line.EnumerateObject()).Select(property => property.Name).Distinct();

    private IEnumerable<JsonElement> Parsed => _lines.Values.SelectMany(lines => lines)
        .Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line));

    private static async Task<FunctionLog> WriteAsync()
    {
        FunctionLog log = new();
        await log.AddAsync("Succeeded", new S3Double().Responds(["a", "b"]));
        await log.AddAsync("AccessDenied", Refuses(HttpStatusCode.Forbidden, "AccessDenied"));
        await log.AddAsync("NoSuchBucket", Refuses(HttpStatusCode.NotFound, "NoSuchBucket"));
        await log.AddAsync("WrongRegion", Refuses(HttpStatusCode.MovedPermanently, "PermanentRedirect"));
        await log.AddAsync("Throttled", Refuses(HttpStatusCode.ServiceUnavailable, "SlowDown"));
        await log.AddAsync("ServerError", Refuses(HttpStatusCode.InternalServerError, "InternalError"));
        await log.AddAsync("Rejected", Refuses(HttpStatusCode.BadRequest, "InvalidRequest"));
        await log.AddAsync("Unreachable", new S3Double().Throws(new HttpRequestException("no route to host")));
        await log.AddAsync("InvalidAnswer", new S3Double().Responds(["a"], change: response => response.Name = "another-bucket"));
        await log.AddAsync("InternalError", new S3Double().Throws(new InvalidOperationException("a defect")));
        await log.AddAsync("InvalidParameter", new S3Double(), "max-keys=none");
        await log.AddAsync("RefusedByGrant", new S3Double(settings => settings with { Grants = [new Grant("arn:aws:iam::123456789012:user/bob", ["b/"])] }));
        await log.AddAsync("Deadline", new S3Double().Hangs(), context: new() { RemainingTime = TimeSpan.Zero });
        await log.AddAsync("EndedEarly", Refuses(new S3Double().Responds(["a"], "token"), HttpStatusCode.InternalServerError, "InternalError"));
        await log.AddAsync("HealthDenied", Refuses(HttpStatusCode.Forbidden, "AccessDenied"), health: true);
        await log.AddAsync("HealthUnavailable", Refuses(HttpStatusCode.InternalServerError, "InternalError"), health: true);

        // The platform's lines, as Lambda documents its JSON format.
        log._lines["PlatformReport"] = ["""{"time":"2026-11-23T18:19:29.000Z","type":"platform.report","record":{"requestId":"8476a536","metrics":{"durationMs":3.1},"status":"success"}}"""];
        log._lines["PlatformTimeout"] = ["""{"time":"2026-11-23T18:19:29.000Z","type":"platform.report","record":{"requestId":"8476a536","metrics":{"durationMs":29000},"status":"timeout"}}"""];
        log._lines["PlatformCrash"] = ["""{"time":"2026-11-23T18:19:29.000Z","type":"platform.report","record":{"requestId":"8476a536","metrics":{"durationMs":3.1},"status":"error","errorType":"Runtime.ExitError"}}"""];
        log._lines["Text"] = ["INIT_START Runtime Version: provided:al2023"];
        return log;
    }

    private static S3Double Refuses(HttpStatusCode status, string code) => Refuses(new S3Double(), status, code);

    private static S3Double Refuses(S3Double s3, HttpStatusCode status, string code) =>
        s3.Throws(new AmazonS3Exception("as S3 says it", ErrorType.Sender, code, "4442587FB7D0A2F9", status));

    private async Task AddAsync(string name, S3Double s3, string query = "", FunctionContext? context = null, bool health = false)
    {
        context ??= new();
        _ = health ? await s3.GetHealthAsync(query, context) : await s3.GetObjectsAsync(query, context);
        _lines[name] =
        [
            .. context.Log.Lines.Where(line => line.Level != "Debug").Select(Format),
            .. Encoding.UTF8.GetString(s3.Metrics.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        ];
    }

    /// <summary>As the Lambda runtime client writes a message in JSON: each placeholder is a field.</summary>
    private static string Format((string Level, string Message, object[] Arguments, Exception? Exception) line)
    {
        Dictionary<string, object> fields = new() { ["timestamp"] = "2026-11-23T18:19:29.000Z", ["level"] = line.Level, ["requestId"] = "8476a536" };
        var next = 0;
        fields["message"] = Placeholder().Replace(line.Message, match =>
        {
            var argument = line.Arguments[next++];
            fields[match.Groups["name"].Value] = argument;
            return $"{argument}";
        });
        return JsonSerializer.Serialize(fields, Relaxed);
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Placeholder();
}
