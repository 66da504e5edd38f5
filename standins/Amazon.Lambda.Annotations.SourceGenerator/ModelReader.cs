using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Reads the attributes. Accepts what this repository's functions look like and says no to the rest.</summary>
internal static class ModelReader
{
    public const string FunctionAttribute = "Amazon.Lambda.Annotations.LambdaFunctionAttribute";
    public const string StartupAttribute = "Amazon.Lambda.Annotations.LambdaStartupAttribute";
    public const string HttpApiAttribute = "Amazon.Lambda.Annotations.APIGateway.HttpApiAttribute";

    private const string Request = "Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest";
    private const string Context = "Amazon.Lambda.Core.ILambdaContext";
    private const string Result = "System.Threading.Tasks.Task<Amazon.Lambda.Annotations.APIGateway.IHttpResult>";
    private const string Services = "Microsoft.Extensions.DependencyInjection.IServiceCollection";

    // Without the ? of nullable reference types, which do not matter here.
    private static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.CSharpErrorMessageFormat
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static LambdaMethod ReadMethod(IMethodSymbol method)
    {
        var type = method.ContainingType;
        var function = Attribute(method, FunctionAttribute);
        var route = Attribute(method, HttpApiAttribute);
        var resource = Named<string>(function, "ResourceName")
            ?? new string([.. $"{type.ToDisplayString(FullName)}_{method.Name}_Generated".Where(char.IsLetterOrDigit)]);
        return new LambdaMethod(
            type.ContainingNamespace.IsGlobalNamespace ? string.Empty : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            method.Name,
            resource,
            Named<uint>(function, "Timeout"),
            Named<uint>(function, "MemorySize"),
            Named<string>(function, "Role"),
            MethodName(route),
            (Named<string>(route, "Template") ?? route?.ConstructorArguments.ElementAtOrDefault(1).Value as string) ?? string.Empty,
            Check(method, function, route));
    }

    public static StartupClass ReadStartup(INamedTypeSymbol type)
    {
        var configure = type.GetMembers("ConfigureServices").OfType<IMethodSymbol>().Any(method =>
            method is { IsStatic: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, ReturnsVoid: true }
            && method.Parameters.Length == 1
            && method.Parameters[0].Type.ToDisplayString(FullName) == Services);
        return new StartupClass(
            type.ToDisplayString(FullName),
            configure
                ? null
                : new Problem($"a startup class without 'public void ConfigureServices(IServiceCollection services)' ({type.Name})", Place.Of(type)));
    }

    public static Assembly ReadAssembly(Compilation compilation, CancellationToken cancellationToken)
    {
        var attributes = compilation.Assembly.GetAttributes();
        var properties = attributes.FirstOrDefault(attribute =>
            attribute.AttributeClass?.ToDisplayString() == "Amazon.Lambda.Annotations.LambdaGlobalPropertiesAttribute");
        var serializer = attributes.FirstOrDefault(attribute =>
            attribute.AttributeClass?.ToDisplayString() == "Amazon.Lambda.Core.LambdaSerializerAttribute");
        return new Assembly(
            compilation.AssemblyName ?? string.Empty,
            compilation.SyntaxTrees.Any(tree => tree.GetDiagnostics(cancellationToken)
                .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)),
            compilation.Options.OutputKind == OutputKind.ConsoleApplication,
            Named<bool>(properties, "GenerateMain"),
            Named<string>(properties, "Runtime"),
            (serializer?.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol)?.ToDisplayString(FullName));
    }

    private static Problem? Check(IMethodSymbol method, AttributeData? function, AttributeData? route)
    {
        var message = (function, route) switch
        {
            (null, _) => "[HttpApi] on a method without [LambdaFunction]",
            (_, null) => "[LambdaFunction] on a method without [HttpApi]",
            _ when method.IsStatic || method.IsGenericMethod || method.DeclaredAccessibility != Accessibility.Public =>
                "a function that is not a public instance method without type parameters",
            _ when method.ContainingType is { IsGenericType: true } or { IsAbstract: true } or { ContainingType: not null } =>
                "a function in a class that is generic, abstract or nested",
            _ when method.ReturnType.ToDisplayString(FullName) != Result =>
                $"the return type '{method.ReturnType.ToDisplayString(FullName)}'; use Task<IHttpResult>",
            _ when method.Parameters.Length != 2
                || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None)
                || method.Parameters[0].Type.ToDisplayString(FullName) != Request
                || method.Parameters[1].Type.ToDisplayString(FullName) != Context =>
                "parameters other than (APIGatewayHttpApiV2ProxyRequest, ILambdaContext)",
            _ when method.Parameters.Any(parameter => parameter.GetAttributes().Length > 0) =>
                "an attribute on a parameter",
            _ => null,
        };
        return message is null ? null : new Problem($"{message} ({method.ContainingType.Name}.{method.Name})", Place.Of(method));
    }

    private static string MethodName(AttributeData? route)
    {
        var argument = route?.NamedArguments.Where(pair => pair.Key == "Method").Select(pair => (TypedConstant?)pair.Value).FirstOrDefault()
            ?? route?.ConstructorArguments.FirstOrDefault();
        return argument is { Type: INamedTypeSymbol type, Value: { } value }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value))?.Name ?? string.Empty
            : string.Empty;
    }

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);

    private static T? Named<T>(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(pair => pair.Key == name).Value is { IsNull: false, Value: T value } ? value : default;
}
