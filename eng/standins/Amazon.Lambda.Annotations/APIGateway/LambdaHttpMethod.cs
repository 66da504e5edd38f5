namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The HTTP method of a route.</summary>
public enum LambdaHttpMethod
{
    Any,
    Get,
    Post,
    Put,
    Patch,
    Head,
    Delete,
    Options,
}
