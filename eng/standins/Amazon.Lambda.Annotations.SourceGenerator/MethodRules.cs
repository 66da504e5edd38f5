using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>What a method must be: first for the official generator, then for the stand-in, which supports less.</summary>
internal static class MethodRules
{
    private const string Request = "Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest";
    private const string Context = "Amazon.Lambda.Core.ILambdaContext";
    private const string HttpResult = "Amazon.Lambda.Annotations.APIGateway.IHttpResult";
    private const string Result = $"System.Threading.Tasks.Task<{HttpResult}>";

    public static Problem? Check(IMethodSymbol method, string resourceName, bool isFunction, string? route)
    {
        var name = $"{method.ContainingType.Name}.{method.Name}";
        var official = (isFunction, route) switch
        {
            (false, _) => (Diagnostics.MissingLambdaFunction, name),
            (_, null) when method.ReturnType.ToDisplayString(ModelReader.FullName) is HttpResult or Result =>
                (Diagnostics.HttpResultWithoutApi, name),
            _ when resourceName.Length == 0 || !resourceName.All(IsAsciiLetterOrDigit) => (Diagnostics.InvalidResourceName, name),
            (_, not null) when MissingVariables(route, method) is { Length: > 0 } missing =>
                (Diagnostics.InvalidRoute, $"{route} of {name} has variables that are not parameters of the method: {missing}"),
            _ => ((DiagnosticDescriptor Rule, string Detail)?)null,
        };
        if (official is { } refused)
        {
            return new Problem(refused.Rule, refused.Detail, Place.Of(method));
        }

        return Unsupported(method, route) is { } message
            ? new Problem(Diagnostics.Unsupported, $"{message} ({name})", Place.Of(method))
            : null;
    }

    private static string MissingVariables(string route, IMethodSymbol method) => string.Join(
        ", ",
        route.Split('/')
            .Where(segment => segment.StartsWith("{", StringComparison.Ordinal) && segment.EndsWith("}", StringComparison.Ordinal))
            .Select(segment => segment.Substring(1, segment.Length - 2))
            .Where(variable => method.Parameters.All(parameter => parameter.Name != variable)));

    private static string? Unsupported(IMethodSymbol method, string? route) => route switch
    {
        _ when method.IsStatic || method.IsGenericMethod || method.DeclaredAccessibility != Accessibility.Public =>
            "a function that is not a public instance method without type parameters",
        _ when method.ContainingType is { IsGenericType: true } or { IsAbstract: true } or { ContainingType: not null } =>
            "a function in a class that is generic, abstract or nested",
        null when ModelReader.ResultOf(method) is null =>
            $"the return type '{method.ReturnType.ToDisplayString(ModelReader.FullName)}' without [HttpApi]; use Task<T>",
        not null when method.ReturnType.ToDisplayString(ModelReader.FullName) != Result =>
            $"the return type '{method.ReturnType.ToDisplayString(ModelReader.FullName)}'; use Task<IHttpResult>",
        _ when method.Parameters.Length != 2
            || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None)
            || (route is not null && method.Parameters[0].Type.ToDisplayString(ModelReader.FullName) != Request)
            || method.Parameters[1].Type.ToDisplayString(ModelReader.FullName) != Context =>
            $"parameters other than ({(route is null ? "an event" : "APIGatewayHttpApiV2ProxyRequest")}, ILambdaContext)",
        _ when method.Parameters.Any(parameter => parameter.GetAttributes().Length > 0) =>
            "an attribute on a parameter",
        _ => null,
    };

    private static bool IsAsciiLetterOrDigit(char character) =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
}
