using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace S3Lister.Local.Gateway;

/// <summary>
/// Reads the part of a SAM template that runs here: functions, Globals, HttpApi events, the authorizer.
/// </summary>
internal sealed class TemplateReader
{
    private const string FunctionType = "AWS::Serverless::Function";
    private const string ApiType = "AWS::Serverless::HttpApi";
    private const string Iam = "AWS_IAM";

    private readonly JsonObject _template;
    private readonly IReadOnlyDictionary<string, string> _parameters;

    private TemplateReader(JsonObject template, IReadOnlyDictionary<string, string> parameters)
    {
        _template = template;
        _parameters = parameters;
    }

    /// <summary>
    /// Parameters and pseudo parameters have the values in <paramref name="parameters"/>, or else their defaults.
    /// Throws <see cref="LocalStackException"/>.
    /// </summary>
    public static HttpApi Read(string path, IReadOnlyDictionary<string, string>? parameters = null)
    {
        try
        {
            return Parse(File.ReadAllText(path), parameters);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalStackException($"The template {path} cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new LocalStackException($"The template {path} is not a SAM template in JSON: {exception.Message}", exception);
        }
    }

    public static HttpApi Parse(string json, IReadOnlyDictionary<string, string>? parameters = null)
    {
        var template = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("not an object");
        return new TemplateReader(template, parameters ?? new Dictionary<string, string>()).Read();
    }

    private HttpApi Read()
    {
        List<Route> routes = [];
        List<TemplateFunction> functions = [];
        foreach (var (name, resource) in Object(_template["Resources"]))
        {
            if (Text(resource?["Type"]) != FunctionType)
            {
                continue;
            }

            var properties = Object(resource!["Properties"]);
            functions.Add(ReadFunction(name, properties));
            routes.AddRange(Object(properties["Events"])
                .Select(entry => entry.Value)
                .Where(source => Text(source?["Type"]) == "HttpApi")
                .Select(source => ReadRoute(name, Object(source!["Properties"]))));
        }

        return routes.Count > 0
            ? new HttpApi(routes, functions)
            : throw new LocalStackException("The template has no function with an HttpApi event.");
    }

    private TemplateFunction ReadFunction(string logicalId, JsonObject properties)
    {
        var globals = Object(_template["Globals"]?["Function"]);
        JsonNode? Property(string name) => properties[name] ?? globals[name];

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in (JsonObject[])[globals, properties])
        {
            foreach (var (name, value) in Object(source["Environment"]?["Variables"]))
            {
                if (Text(value) is { } text)
                {
                    environment[name] = text;
                }
            }
        }

        var logging = Property("LoggingConfig");
        return new TemplateFunction
        {
            LogicalId = logicalId,
            Handler = Text(Property("Handler")) ?? "bootstrap",
            MemorySize = Number(Property("MemorySize")) ?? 128,
            Timeout = TimeSpan.FromSeconds(Number(Property("Timeout")) ?? 3),
            LogFormat = Text(logging?["LogFormat"]) ?? "Text",
            LogLevel = Text(logging?["ApplicationLogLevel"]),
            Environment = environment,
        };
    }

    private Route ReadRoute(string function, JsonObject properties)
    {
        var method = Text(properties["Method"])?.ToUpperInvariant() ?? Route.AnyMethod;
        return new Route(
            method == "X-AMAZON-APIGATEWAY-ANY-METHOD" ? Route.AnyMethod : method,
            Text(properties["Path"]) ?? Route.DefaultPath,
            function,
            (Text(properties["Auth"]?["Authorizer"]) ?? DefaultAuthorizer(properties["ApiId"])) == Iam);
    }

    // An event names its API; without a name it belongs to SAM's implicit one, which Globals describe.
    private string? DefaultAuthorizer(JsonNode? apiId)
    {
        var auth = apiId?["Ref"] is { } name && _template["Resources"]?[Text(name) ?? ""] is { } api
            && Text(api["Type"]) == ApiType
                ? api["Properties"]?["Auth"]
                : null;
        auth ??= _template["Globals"]?["HttpApi"]?["Auth"];
        return Text(auth?["DefaultAuthorizer"]);
    }

    // A text, a number, or a reference to a parameter; null for what only CloudFormation can compute.
    private string? Text(JsonNode? node) => node switch
    {
        JsonValue value => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
        JsonObject { Count: 1 } reference when reference["Ref"] is JsonValue name => Parameter(name.GetValue<string>()),
        _ => null,
    };

    private string? Parameter(string name) =>
        _parameters.TryGetValue(name, out var value) ? value : Text(_template["Parameters"]?[name]?["Default"]);

    private int? Number(JsonNode? node) =>
        Text(node) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? [];
}
