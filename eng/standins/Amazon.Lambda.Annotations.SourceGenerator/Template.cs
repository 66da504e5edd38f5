using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// A SAM template. Order matters: an existing property keeps its place and a new one goes to the end, so that the text equals
/// that of the official generator, byte for byte.
/// </summary>
internal sealed class Template
{
    private const string Tool = "Amazon.Lambda.Annotations";
    private const string HttpApi = "AnnotationsHttpApi";

    private readonly JObject _root;

    public Template(string text) =>
        _root = text.Length > 0
            ? JObject.Parse(text)
            : new JObject
            {
                ["AWSTemplateFormatVersion"] = "2010-09-09",
                ["Transform"] = "AWS::Serverless-2016-10-31",
            };

    public override string ToString() => JsonConvert.SerializeObject(_root, Formatting.Indented);

    public void Apply(Project project, string codeUri)
    {
        var resources = Child(_root, "Resources");
        foreach (var function in project.Functions)
        {
            // A resource of this name that was written by hand is not changed.
            if (resources[function.ResourceName] is not { } present || IsOurs(present))
            {
                ApplyFunction(resources, function, project.Assembly, codeUri);
            }
        }

        var wanted = project.Functions.Select(function => function.ResourceName).ToList();
        foreach (var gone in resources.Properties()
            .Where(resource => (string?)Get(resource.Value, "Type") == "AWS::Serverless::Function"
                && IsOurs(resource.Value) && !wanted.Contains(resource.Name))
            .ToList())
        {
            gone.Remove();
        }
    }

    private static bool IsOurs(JToken resource) => (string?)Get(resource, "Metadata", "Tool") == Tool;

    private void ApplyFunction(JObject resources, LambdaMethod function, Assembly assembly, string codeUri)
    {
        if (!resources.ContainsKey(function.ResourceName))
        {
            resources[function.ResourceName] = NewFunction(assembly.Runtime!);
        }

        var resource = Child(resources, function.ResourceName);
        var properties = Child(resource, "Properties");
        if (function.Timeout > 0)
        {
            properties["Timeout"] = function.Timeout;
        }

        if (function.MemorySize > 0)
        {
            properties["MemorySize"] = function.MemorySize;
        }

        if (!string.IsNullOrEmpty(function.Role))
        {
            ApplyRole(properties, function.Role!);
            properties.Remove("Policies");
        }

        properties["PackageType"] = "Zip";
        properties["CodeUri"] = codeUri;
        properties["Handler"] = assembly.Name;
        properties["Runtime"] = assembly.Runtime;
        properties.Remove("ImageUri");
        properties.Remove("ImageConfig");
        Child(Child(properties, "Environment"), "Variables")["ANNOTATIONS_HANDLER"] = function.Name;
        if (function.Result is null)
        {
            ApplyEvent(resource, properties, function);
        }
        else
        {
            SyncedEvents.Remove(Child(resource, "Metadata"), properties);
        }
    }

    private static JObject NewFunction(string runtime) => new()
    {
        ["Type"] = "AWS::Serverless::Function",
        ["Metadata"] = new JObject { ["Tool"] = Tool },
        ["Properties"] = new JObject
        {
            ["Runtime"] = runtime,
            ["CodeUri"] = string.Empty,
            ["MemorySize"] = 512,
            ["Timeout"] = 30,
            ["Policies"] = new JArray("AWSLambdaBasicExecutionRole"),
        },
    };

    private void ApplyRole(JObject properties, string role)
    {
        if (role[0] != '@')
        {
            properties["Role"] = role;
            return;
        }

        var name = role.Substring(1);
        if (Get(_root, "Parameters", name) is not null)
        {
            Child(properties, "Role")["Ref"] = name;
        }
        else
        {
            Child(properties, "Role")["Fn::GetAtt"] = new JArray(name, "Arn");
        }
    }

    private void ApplyEvent(JObject resource, JObject properties, LambdaMethod function)
    {
        var name = $"Root{function.HttpMethod}";
        var events = Child(properties, "Events");
        var route = Child(events, name);
        route["Type"] = "HttpApi";
        var routeProperties = Child(route, "Properties");
        routeProperties["Path"] = function.Path;
        routeProperties["Method"] = function.HttpMethod.ToUpperInvariant();
        var synced = new List<string> { "Path", "Method" };
        if (Get(_root, "Resources", HttpApi) is not null)
        {
            Child(routeProperties, "ApiId")["Ref"] = HttpApi;
            synced.Add("ApiId.Ref");
        }

        SyncedEvents.Apply(Child(resource, "Metadata"), events, name, synced);
    }

    private static JToken? Get(JToken? token, params string[] path)
    {
        foreach (var name in path)
        {
            token = (token as JObject)?[name];
        }

        return token;
    }

    /// <exception cref="InvalidOperationException">The value is not an object.</exception>
    private static JObject Child(JObject parent, string name)
    {
        if (!parent.ContainsKey(name))
        {
            parent[name] = new JObject();
        }

        return parent[name] as JObject
            ?? throw new InvalidOperationException($"'{parent[name]!.Path}' in the template is not an object.");
    }
}
