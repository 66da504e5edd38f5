using System.Globalization;

namespace S3Lister.Functions.Http;

/// <summary>Problem details (RFC 9457) with our <c>code</c>, <c>requestId</c> and <c>parameter</c>.</summary>
internal sealed class ProblemResult : HttpResult
{
    private readonly Problem _problem;
    private readonly string _requestId;

    public ProblemResult(Problem problem, string requestId)
        : base(problem.Status, "application/problem+json")
    {
        (_problem, _requestId) = (problem, requestId);
        if (problem.RetryAfter is { } retryAfter)
        {
            AddHeader("retry-after", retryAfter.ToString(CultureInfo.InvariantCulture));
        }
    }

    public override string Code => _problem.Code;

    protected override void WriteBody(Utf8Buffer body)
    {
        body.Append("{\"type\":"u8);
        body.AppendString($"urn:s3lister:problem:{_problem.Code}");
        body.Append(",\"title\":"u8);
        body.AppendString(_problem.Title);
        body.Append(",\"status\":"u8);
        body.AppendNumber((int)_problem.Status);
        body.Append(",\"detail\":"u8);
        body.AppendString(_problem.Detail);
        body.Append(",\"instance\":"u8);
        body.AppendString($"urn:s3lister:request:{_requestId}");
        body.Append(",\"code\":"u8);
        body.AppendString(_problem.Code);
        body.Append(",\"requestId\":"u8);
        body.AppendString(_requestId);
        if (_problem.Parameter is { } parameter)
        {
            body.Append(",\"parameter\":"u8);
            body.AppendString(parameter);
        }

        body.Append("}"u8);
    }
}
