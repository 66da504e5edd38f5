using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Reads the attributes. Accepts the form of this repository's functions and refuses the rest.</summary>
internal static class ModelReader
{
    public const string FunctionAttribute = "Amazon.Lambda.Annotations.LambdaFunctionAttribute";
    public const string StartupAttribute = "Amazon.Lambda.Annotations.LambdaStartupAttribute";
    public const string HttpApiAttribute = "Amazon.Lambda.Annotations.APIGateway.HttpApiAttribute";

    private const string Services = "Microsoft.Extensions.DependencyInjection.IServiceCollection";

    // Without the ? of nullable reference types, which does not matter here.
    public static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.CSharpErrorMessageFormat
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
            method.Parameters.FirstOrDefault()?.Type.ToDisplayString(FullName) ?? string.Empty,
            route is null ? ResultOf(method) : null,
            MethodName(route),
            RouteTemplate(route),
            Place.Of(method),
            MethodRules.Check(method, resource, function is not null, route is null ? null : RouteTemplate(route)));
    }

    public static StartupClass ReadStartup(INamedTypeSymbol type)
    {
        var configure = type.GetMembers("ConfigureServices").OfType<IMethodSymbol>().Any(method =>
            method is { IsStatic: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, ReturnsVoid: true }
            && method.Parameters.Length == 1
            && method.Parameters[0].Type.ToDisplayString(FullName) == Services);
        var place = Place.Of(type);
        var problem = (configure, !type.GetMembers("ConfigureHostBuilder").IsEmpty) switch
        {
            (true, true) => new Problem(Diagnostics.SeveralConfigureMethods, type.Name, place),
            (false, _) => new Problem(
                Diagnostics.Unsupported,
                $"a startup class without 'public void ConfigureServices(IServiceCollection services)' ({type.Name})",
                place),
            _ => null,
        };
        return new StartupClass(type.ToDisplayString(FullName), place, problem);
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
            (serializer?.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol)?.ToDisplayString(FullName),
            HasMain(compilation, cancellationToken),
            compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name == "Amazon.Lambda.RuntimeSupport"));
    }

    // As in the official generator: in a namespace that ends in the assembly's name. The compiler reports the others.
    private static bool HasMain(Compilation compilation, CancellationToken cancellationToken) =>
        compilation.GetSymbolsWithName("Main", SymbolFilter.Member, cancellationToken).OfType<IMethodSymbol>().Any(method =>
            method.IsStatic
            && method.Parameters.Length <= 1
            && method.ContainingNamespace.Name == compilation.AssemblyName);

    /// <summary>The T of the return type Task{T}; null for another return type.</summary>
    public static string? ResultOf(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { Name: "Task", Arity: 1 } task && task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks"
            ? task.TypeArguments[0].ToDisplayString(FullName)
            : null;

    private static string RouteTemplate(AttributeData? route) =>
        route?.ConstructorArguments.ElementAtOrDefault(1).Value as string ?? string.Empty;

    private static string MethodName(AttributeData? route) =>
        route?.ConstructorArguments.FirstOrDefault() is { Type: INamedTypeSymbol type, Value: { } value }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value))?.Name ?? string.Empty
            : string.Empty;

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);

    private static T? Named<T>(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(pair => pair.Key == name).Value is { IsNull: false, Value: T value } ? value : default;
}
