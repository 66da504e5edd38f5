namespace S3Lister.Infrastructure.Tests.Expressions;

/// <summary>An expression of one of CloudWatch's languages: metric math, a filter pattern or the rule of a composite alarm.</summary>
internal abstract record Expression
{
    /// <summary>The names in it: ids of metrics, fields of a line, constants.</summary>
    public IEnumerable<string> Names => Parts.OfType<Name>().Select(name => name.Id);

    public IEnumerable<Call> Calls => Parts.OfType<Call>();

    private IEnumerable<Expression> Parts => this switch
    {
        Binary binary => [.. binary.Left.Parts, .. binary.Right.Parts],
        Call call => [call, .. call.Arguments.SelectMany(argument => argument.Parts)],
        _ => [this],
    };

    /// <param name="text">In one of the languages.</param>
    /// <param name="levels">The operators of that language, the weakest first.</param>
    public static Expression Parse(string text, string[][] levels) => new ExpressionParser(text, levels).Parse();
}

internal sealed record Number(double Value) : Expression;

internal sealed record Name(string Id) : Expression;

internal sealed record Text(string Value) : Expression;

internal sealed record Binary(string Operator, Expression Left, Expression Right) : Expression;

internal sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;
