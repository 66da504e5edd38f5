namespace S3Lister.Infrastructure.Tests.Metrics;

/// <summary>An expression of CloudWatch's metric math.</summary>
internal abstract record Expression
{
    public static Expression Parse(string text) => new ExpressionParser(text).Parse();

    /// <summary>The ids that it reads.</summary>
    public IEnumerable<string> Names => this switch
    {
        Name name => [name.Id],
        Binary binary => [.. binary.Left.Names, .. binary.Right.Names],
        Call call => call.Arguments.SelectMany(argument => argument.Names),
        _ => [],
    };

    public IEnumerable<Call> Calls => this switch
    {
        Binary binary => [.. binary.Left.Calls, .. binary.Right.Calls],
        Call call => [call, .. call.Arguments.SelectMany(argument => argument.Calls)],
        _ => [],
    };
}

internal sealed record Number(double Value) : Expression;

internal sealed record Name(string Id) : Expression;

/// <summary>A text, such as the part of an id that METRICS looks for.</summary>
internal sealed record Quoted(string Text) : Expression;

internal sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;

/// <summary>A function, or a list in brackets under the name of <c>[]</c>.</summary>
internal sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;
