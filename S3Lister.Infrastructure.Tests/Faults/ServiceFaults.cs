using S3Lister.Infrastructure.Tests.Rules;
using S3Lister.Infrastructure.Tests.Templates;
using static S3Lister.Infrastructure.Tests.Faults.Fault;

namespace S3Lister.Infrastructure.Tests.Faults;

/// <summary>Faults of the service's own stack.</summary>
internal static class ServiceFaults
{
    private const string Of = TemplateSet.Service;

    public static IEnumerable<Fault> All =>
    [
        new("no authorization at all", nameof(RouteAuthorization), Of, Remove("Resources|AnnotationsHttpApi|Properties|Auth")),
        new("no default authorizer", nameof(RouteAuthorization), Of, Remove("Resources|AnnotationsHttpApi|Properties|Auth|DefaultAuthorizer")),
        new("an authorizer that is not enabled", nameof(RouteAuthorization), Of, Remove("Resources|AnnotationsHttpApi|Properties|Auth|EnableIamAuthorizer")),
        new("a route on SAM's own API", nameof(RouteAuthorization), Of, Remove("Resources|ListObjects|Properties|Events|RootGet|Properties|ApiId")),
        new("a route without authorization", nameof(RouteAuthorization), Of, Set("Resources|ListObjects|Properties|Events|RootGet|Properties|Auth", "{\"Authorizer\": \"NONE\"}")),
        new("a function URL for all", nameof(RouteAuthorization), Of, Set("Resources|Health|Properties|FunctionUrlConfig", "{\"AuthType\": \"NONE\"}")),
        new("a route of a body without security", nameof(RouteAuthorization), Of, Set("Resources|AnotherApi", """{"Type":"AWS::ApiGateway::RestApi","Properties":{"Body":{"paths":{"/objects":{"get":{}}}}}}""")),
        new("no access log", nameof(AccessLogFormat), Of, Remove("Resources|AnnotationsHttpApi|Properties|AccessLogSettings")),
        new("an access log that is no JSON", nameof(AccessLogFormat), Of, Set(Format, "\"$context.requestId $context.status\"")),
        new("an access log with a variable that may be missing and has no quotes", nameof(AccessLogFormat), Of, Set(Format, "\"{\\\"status\\\":$context.integration.status}\"")),
        new("an access log with an unknown variable", nameof(AccessLogFormat), Of, Set(Format, "\"{\\\"caller\\\":\\\"$context.identity.arn\\\"}\"")),
        new("an access log without the fields of its queries", nameof(LogFields), Of, Set(Format, "\"{\\\"status\\\":$context.status}\"")),
        new("an access log whose status is a text", nameof(FiltersMatchLines), Of, Set(Format, "\"{\\\"route\\\":\\\"$context.routeKey\\\",\\\"status\\\":\\\"$context.status\\\",\\\"latency\\\":$context.responseLatency,\\\"functionStatus\\\":\\\"$context.integration.status\\\"}\"")),
        new("a rollback that waits for all calls to fail", nameof(AlarmBehaviour), Of, Set("Resources|ListObjectsFailuresAlarm|Properties|Threshold", "90")),
        new("a rollback for a single failure", nameof(AlarmBehaviour), Of, Set("Resources|ListObjectsFailuresAlarm|Properties|DatapointsToAlarm", "1")),
        new("a rollback when S3 slows down", nameof(FiltersMatchLines), Of, Replace("Resources|ListObjectsFailuresFilter|Properties|FilterPattern", "$.status = 504", "$.status = 503")),
        new("a rollback that does not see 502", nameof(FiltersMatchLines), Of, Replace("Resources|SummaryFailuresFilter|Properties|FilterPattern", "($.status = 502) || ", "")),
        new("a rollback alarm of a metric that nobody writes", nameof(MetricsExist), Of, Set("Resources|HealthFailuresAlarm|Properties|Metrics|0|MetricStat|Metric|MetricName", "\"HealthFailed\"")),
        new("a password in the environment", nameof(Secrets), Of, Set("Resources|Health|Properties|Environment|Variables|DATABASE_PASSWORD", "\"hunter2\"")),
        new("an access key", nameof(Secrets), Of, Set("Resources|Health|Properties|Environment|Variables|KEY", "\"AKIAIOSFODNN7EXAMPLE\"")),
        new("a secret key by another name", nameof(Secrets), Of, Set("Resources|Health|Properties|Description", "\"wJalrXUtnFEMI0K7MDENG0bPxRfiCY0EXAMPLKEY\"")),
        new("a secret as a default", nameof(Secrets), Of, Set("Parameters|ApiKey", "{\"Type\": \"String\", \"Default\": \"hunter2\"}")),
        new("an account in a policy", nameof(HardCoded), Of, Set("Resources|HealthRole|Properties|Policies|0|PolicyDocument|Statement|0|Resource", "\"arn:aws:s3:::example-bucket\"")),
        new("logs kept a month", nameof(LogRetention), Of, Set("Parameters|LogRetentionInDays|Default", "30")),
        new("all of S3 for a function", nameof(LeastPrivilege), Of, Set("Resources|HealthRole|Properties|Policies|0|PolicyDocument|Statement|0|Action", "\"s3:*\"")),
        new("every bucket for a function", nameof(LeastPrivilege), Of, Set("Resources|HealthRole|Properties|Policies|0|PolicyDocument|Statement|0|Resource", "\"*\"")),
        new("more grants than Lambda takes", nameof(EnvironmentSize), Of, Set("Parameters|Grants|MaxLength", "4096")),
        new("grants of any length", nameof(EnvironmentSize), Of, Remove("Parameters|Grants|MaxLength")),
        new("grants in characters of several bytes", nameof(EnvironmentSize), Of, Remove("Parameters|Grants|AllowedPattern")),
        new("prefixes of any length", nameof(EnvironmentSize), Of, Remove("Parameters|ListablePrefixes|MaxLength")),
        new("prefixes in characters of several bytes", nameof(EnvironmentSize), Of, Set("Parameters|ListablePrefixes|AllowedPattern", "\"^([^*?$,]*/)?$\"")),
        new("prefixes with quotes, which Lambda counts twice", nameof(EnvironmentSize), Of, Set("Parameters|ListablePrefixes|AllowedPattern", "\"^([ -~]*/)?$\"")),
        new("a long variable of one function", nameof(EnvironmentSize), Of, Set("Resources|Summary|Properties|Environment|Variables|HELP", $"\"{new string('x', 600)}\"")),
        new("a bucket without a policy", nameof(TransportDeny), Of, Set("Resources|AnotherBucket", "{\"Type\": \"AWS::S3::Bucket\"}")),
    ];

    private const string Format = "Resources|AnnotationsHttpApi|Properties|AccessLogSettings|Format";
}
