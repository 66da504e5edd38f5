namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>Connects a function to a route of an API Gateway HTTP API, payload format 2.0.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class HttpApiAttribute(LambdaHttpMethod method, string template) : Attribute
{
    /// <summary>The route's path.</summary>
    public string Template { get; set; } = template;

    public LambdaHttpMethod Method { get; set; } = method;
}
