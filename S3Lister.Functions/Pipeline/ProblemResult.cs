using System.Globalization;
using S3Lister.Functions.Gateway;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Pipeline;

/// <summary>Problem details (RFC 9457) with the extension members <c>code</c>, <c>requestId</c> and <c>parameter</c>.</summary>
internal sealed class ProblemResult : HttpResult
{
    private readonly Problem _problem;
    private readonly string _requestId;

    public ProblemResult(Problem problem, string requestId)
        : base(problem.Status, MediaTypes.ProblemJson)
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
        JsonWriter json = new(body);
        json.StartObject();
        json.String("type"u8, $"urn:s3lister:problem:{_problem.Code}");
        json.String("title"u8, _problem.Title);
        json.Number("status"u8, (int)_problem.Status);
        json.String("detail"u8, _problem.Detail);
        json.String("instance"u8, $"urn:s3lister:request:{_requestId}");
        json.String("code"u8, _problem.Code);
        json.String("requestId"u8, _requestId);
        if (_problem.Parameter is { } parameter)
        {
            json.String("parameter"u8, parameter);
        }

        json.EndObject();
    }
}
