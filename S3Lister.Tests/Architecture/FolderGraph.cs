using Mono.Cecil;
using Mono.Cecil.Cil;

namespace S3Lister.Tests.Architecture;

/// <summary>The dependencies between namespaces, read from compiled types. Folders and namespaces have the same names.</summary>
internal static class FolderGraph
{
    /// <param name="assembly">The path of an assembly.</param>
    /// <param name="root">Only namespaces that begin with it are nodes.</param>
    public static IReadOnlySet<(string From, string To)> Edges(string assembly, string root)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return module.GetTypes()
            .SelectMany(type => References(type).Select(used => (From: Namespace(type), To: Namespace(used))))
            .Where(edge => edge.From != edge.To && IsNode(edge.From) && IsNode(edge.To))
            .ToHashSet();

        bool IsNode(string name) => name.StartsWith(root, StringComparison.Ordinal);
    }

    /// <returns>The namespaces that can be reached from themselves.</returns>
    public static IReadOnlyList<string> InCircles(IReadOnlySet<(string From, string To)> edges)
    {
        var closure = edges.ToHashSet();
        int count;
        do
        {
            count = closure.Count;
            closure.UnionWith([.. closure.SelectMany(first => edges.Where(next => next.From == first.To), (first, next) => (first.From, next.To))]);
        }
        while (closure.Count > count);

        return [.. closure.Where(edge => edge.From == edge.To).Select(edge => edge.From).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<TypeReference> References(TypeDefinition type) => new[] { type.BaseType }
        .Concat(type.Interfaces.Select(implemented => implemented.InterfaceType))
        .Concat(type.Fields.Select(field => field.FieldType))
        .Concat(type.Methods.SelectMany(Members))
        .OfType<TypeReference>()
        .SelectMany(Parts);

    private static IEnumerable<TypeReference?> Members(MethodDefinition method)
    {
        var signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);
        return !method.HasBody ? signature : signature
            .Concat(method.Body.Variables.Select(variable => variable.VariableType))
            .Concat(method.Body.ExceptionHandlers.Select(handler => handler.CatchType))
            .Concat(method.Body.Instructions.SelectMany(Operand));
    }

    private static IEnumerable<TypeReference?> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    /// <summary>The type and its type arguments, element type and the like.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static string Namespace(TypeReference type) => type.DeclaringType is { } outer ? Namespace(outer) : type.Namespace;
}
