using S3Lister.Infrastructure.Tests.Rules;
using S3Lister.Infrastructure.Tests.Templates;
using static S3Lister.Infrastructure.Tests.Faults.Fault;

namespace S3Lister.Infrastructure.Tests.Faults;

/// <summary>Faults of the stacks beside the service: the bucket, the API for tokens, the account's guardrails, Grafana and OpenSearch.</summary>
internal static class CompanionFaults
{
    private const string Guardrails = "infrastructure/guardrails.template";
    private const string Grafana = "infrastructure/grafana.template";
    private const string OpenSearch = "infrastructure/opensearch.template";
    private const string Backup = "Resources|BackupBucketPolicy|Properties|PolicyDocument|Statement|0";

    public static IEnumerable<Fault> All =>
    [
        new("plain HTTP to the listed bucket", nameof(TransportDeny), TemplateSet.Bucket, Remove("Resources|DataBucketPolicy|Properties|PolicyDocument|Statement|0")),
        new("plain HTTP to the access logs", nameof(TransportDeny), TemplateSet.Bucket, Remove("Resources|AuditBucketPolicy|Properties|PolicyDocument|Statement|0")),
        new("a route of the API for tokens that is open", nameof(RouteAuthorization), TemplateSet.TokenApi, Remove("Resources|SummaryTokenRoute|Properties|AuthorizationType")),
        new("an access log of the API for tokens that is no JSON", nameof(AccessLogFormat), TemplateSet.TokenApi, Set("Resources|TokenStage|Properties|AccessLogSettings|Format", "\"$context.requestId $context.status\"")),
        new("an access log of the API for tokens whose status is a text", nameof(FiltersMatchLines), TemplateSet.TokenApi, Replace("Resources|TokenStage|Properties|AccessLogSettings|Format", "$context.status", "\"$context.status\"")),
        new("a trail with both kinds of selectors", nameof(EventSelectors), Guardrails, Set("Resources|Trail|Properties|EventSelectors", """[{"DataResources":[{"Type":"AWS::S3::Object","Values":[]}]}]""")),
        new("a trail that sees no objects", nameof(EventSelectors), Guardrails, Set("Resources|Trail|Properties|AdvancedEventSelectors", """[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]""")),
        new("a trail without selectors", nameof(EventSelectors), Guardrails, Remove("Resources|Trail|Properties|AdvancedEventSelectors")),
        new("findings in the clear", nameof(Notifications), Guardrails, Remove("Resources|FindingsTopic|Properties|KmsMasterKeyId")),
        new("findings for everybody to send", nameof(LeastPrivilege), Guardrails, Set("Resources|FindingsTopicPolicy|Properties|PolicyDocument|Statement|0|Principal", "\"*\"")),
        new("plain HTTP to the trail", nameof(TransportDeny), Guardrails, Remove("Resources|TrailBucketPolicy|Properties|PolicyDocument|Statement|0")),
        new("plain HTTP to the backup", nameof(TransportDeny), OpenSearch, Remove(Backup)),
        new("plain HTTP denied for reading alone", nameof(TransportDeny), OpenSearch, Set($"{Backup}|Action", "\"s3:GetObject\"")),
        new("plain HTTP denied to one role", nameof(TransportDeny), OpenSearch, Set($"{Backup}|Principal", """{"AWS":{"Fn::GetAtt":["DeliveryRole","Arn"]}}""")),
        new("plain HTTP denied where TLS is old too", nameof(TransportDeny), OpenSearch, Set($"{Backup}|Condition|NumericLessThan", """{"s3:TlsVersion":"1.2"}""")),
        new("plain HTTP denied to the bucket and not to its objects", nameof(TransportDeny), OpenSearch, Remove($"{Backup}|Resource|1")),
        new("TLS denied instead", nameof(TransportDeny), OpenSearch, Set($"{Backup}|Condition|Bool", """{"aws:SecureTransport":"true"}""")),
        new("a delivery that may do all with objects", nameof(LeastPrivilege), OpenSearch, Set("Resources|DeliveryPolicy|Properties|PolicyDocument|Statement|2|Action", "\"s3:*\"")),
        new("a delivery into every bucket", nameof(LeastPrivilege), OpenSearch, Set("Resources|DeliveryPolicy|Properties|PolicyDocument|Statement|2|Resource", "\"*\"")),
        new("all but one action", nameof(LeastPrivilege), OpenSearch, Set("Resources|SplitterPolicy|Properties|PolicyDocument|Statement|0|NotAction", "\"iam:*\"")),
        new("a token in the splitter's environment", nameof(Secrets), OpenSearch, Set("Resources|Splitter|Properties|Environment|Variables|AUTH_TOKEN", "\"hunter2\"")),
        new("a private key in the splitter's code", nameof(Secrets), OpenSearch, Set("Resources|Splitter|Properties|Code|ZipFile", "\"-----BEGIN PRIVATE KEY-----\"")),
        new("a subscription that does not parse", nameof(MetricFilters), OpenSearch, Set("Resources|SummarySubscription|Properties|FilterPattern", "\"{ $.route = }\"")),
        new("the delivery's log kept a week", nameof(LogRetention), OpenSearch, Set("Resources|DeliveryLogGroup|Properties|RetentionInDays", "7")),
        new("a China partition in a principal", nameof(HardCoded), OpenSearch, Set("Resources|SearchKey|Properties|KeyPolicy|Statement|0|Principal|AWS", "\"arn:aws-cn:iam::123456789012:root\"")),
        new("a splitter that may write to every stream", nameof(LeastPrivilege), OpenSearch, Set("Resources|SplitterPolicy|Properties|PolicyDocument|Statement|0|Resource", "\"*\"")),
        new("Grafana that may read every log", nameof(LeastPrivilege), Grafana, Set("Resources|ReadPolicy|Properties|PolicyDocument|Statement|2|Resource", "\"*\"")),
        new("Grafana that may do all with metrics", nameof(LeastPrivilege), Grafana, Set("Resources|ReadPolicy|Properties|PolicyDocument|Statement|0|Action", "[\"cloudwatch:*\"]")),
        new("Grafana of one region", nameof(HardCoded), Grafana, Set("Resources|ReadPolicy|Properties|PolicyDocument|Statement|2|Resource|0|Fn::Sub", "\"arn:${AWS::Partition}:logs:ap-southeast-2:${AWS::AccountId}:log-group:/s3lister/*\"")),
    ];
}
