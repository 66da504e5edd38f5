using S3Lister.Infrastructure.Tests.Rules;
using S3Lister.Infrastructure.Tests.Templates;
using static S3Lister.Infrastructure.Tests.Faults.Fault;

namespace S3Lister.Infrastructure.Tests.Faults;

/// <summary>Faults of alarms, filters, dashboards and topics.</summary>
internal static class ObservabilityFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("M above N", nameof(AlarmShape), Of, Set(Alarm("ErrorRate", "DatapointsToAlarm"), "6")),
        new("no evaluation period", nameof(AlarmShape), Of, Set(Alarm("ErrorRate", "EvaluationPeriods"), "0")),
        new("two results", nameof(AlarmShape), Of, Set(Alarm("ErrorRate", "Metrics|0|ReturnData"), "true")),
        new("no result", nameof(AlarmShape), Of, Set(Alarm("ErrorRate", "Metrics|2|ReturnData"), "false")),
        new("a misspelt id", nameof(AlarmShape), Of, Replace(Alarm("ErrorRate", "Metrics|2|Expression|Fn::Sub"), "/ calls", "/ call")),
        new("a parenthesis that is not closed", nameof(AlarmShape), Of, Set(Alarm("FewCallsFail", "Metrics|2|Expression"), "\"IF(FILL(calls, 0) >= 5, 1, 0\"")),
        new("an unknown function", nameof(AlarmShape), Of, Set(Alarm("S3Failed", "Metrics|1|Expression"), "\"FILLED(events, 0)\"")),
        new("a function with too few arguments", nameof(AlarmShape), Of, Set(Alarm("S3Failed", "Metrics|1|Expression"), "\"FILL(events)\"")),
        new("an id that begins with a capital", nameof(AlarmShape), Of, Set(Alarm("S3Failed", "Metrics|0|Id"), "\"Events\"")),
        new("different periods in one alarm", nameof(AlarmShape), Of, Set(Alarm("ErrorRate", "Metrics|1|MetricStat|Period"), "300")),
        new("more than CloudWatch looks back", nameof(AlarmShape), Of, Set(Alarm("AvailabilityBurn3d", "EvaluationPeriods"), "8")),
        new("nothing said of missing data", nameof(AlarmShape), Of, Remove(Alarm("ErrorRate", "TreatMissingData"))),
        new("a band that is not there", nameof(AlarmShape), Of, Set(Alarm("ClientErrorAnomaly", "ThresholdMetricId"), "\"band\"")),
        new("a threshold beside a band", nameof(AlarmShape), Of, Set(Alarm("ClientErrorAnomaly", "Threshold"), "5")),
        new("no least number of calls", nameof(AlarmBehaviour), Of, Set(Alarm("ErrorRate", "Metrics|2|Expression|Fn::Sub"), "\"100 * FILL(errors, 0) / calls\"")),
        new("one minute is enough", nameof(AlarmBehaviour), Of, Set(Alarm("ErrorRate", "DatapointsToAlarm"), "1")),
        new("errors counted, not their share", nameof(AlarmBehaviour), Of, Set(Alarm("ErrorRate", "Metrics|2|Expression|Fn::Sub"), "\"FILL(errors, 0)\"")),
        new("a threshold that is never reached", nameof(AlarmBehaviour), Of, Set(Alarm("ErrorRate", "Threshold"), "100")),
        new("the comparison turned round", nameof(AlarmBehaviour), Of, Set(Alarm("FewCallsFail", "ComparisonOperator"), "\"LessThanThreshold\"")),
        new("two calls are enough", nameof(AlarmBehaviour), Of, Set(Alarm("FewCallsFail", "Metrics|2|Expression"), "\"IF(FILL(calls, 0) >= 1, 100 * FILL(errors, 0) / calls, 0)\"")),
        new("a burn rate without a least number of errors", nameof(AlarmBehaviour), Of, Replace(Alarm("AvailabilityBurn1h", "Metrics|2|Expression|Fn::Sub"), "FILL(bad, 0) >= 5", "FILL(bad, 0) >= 0")),
        new("a burn rate of the wrong metric", nameof(AlarmBehaviour), Of, Set(Alarm("LatencyBurn1h", "Metrics|1|MetricStat|Metric|MetricName"), "\"ListObjectsCalls\"")),
        new("latency averaged", nameof(AlarmBehaviour), Of, Set(Alarm("LatencyP99", "Metrics|2|Expression|Fn::Sub"), "\"IF(FILL(calls, 0) >= 1, latency, 0)\"")),
        new("missing data is bad", nameof(AlarmBehaviour), Of, Set(Alarm("NoTraffic", "Metrics|1|Expression"), "\"calls\"")),
        new("a deployment window without an end", nameof(AlarmBehaviour), Of, template =>
        {
            Set(Alarm("Deploying", "Metrics|1|Expression"), "\"starts\"")(template);
            Set(Alarm("Deploying", "TreatMissingData"), "\"ignore\"")(template);
        }),
        new("a window that is too short", nameof(AlarmBehaviour), Of, Set(Alarm("Deploying", "EvaluationPeriods"), "2")),
        new("both windows of a burn rate, or either", nameof(AlarmBehaviour), Of, Replace(Alarm("ServiceFailing", "AlarmRule|Fn::Sub|0"), "(ALARM(\"${AvailabilityBurn1h}\") AND ALARM(\"${AvailabilityBurn5m}\"))", "ALARM(\"${AvailabilityBurn5m}\")")),
        new("the page without the error rate", nameof(AlarmBehaviour), Of, Set(Alarm("ServiceFailing", "AlarmRule"), "{\"Fn::Sub\": \"ALARM(\\\"${Crashes}\\\")\"}")),
        new("no page when all callers are refused", nameof(AlarmBehaviour), Of, Replace(Alarm("ServiceFailing", "AlarmRule|Fn::Sub|0"), " OR ALARM(\"${CallersRefused}\")", " OR ALARM(\"${FewCallsFail}\")")),
        new("a page for a scanner in a quiet night", nameof(AlarmBehaviour), Of, Set(Alarm("CallersRefused", "DatapointsToAlarm"), "1")),
        new("a page for a short 503", nameof(AlarmBehaviour), Of, Set(Alarm("Unavailable", "DatapointsToAlarm"), "1")),
        new("no page for a lasting 503", nameof(AlarmBehaviour), Of, Set(Alarm("Unavailable", "Metrics|1|MetricStat|Metric|MetricName"), "\"Failed\"")),
        new("503 counted as a failure", nameof(AlarmBehaviour), Of, Set(Alarm("ErrorRate", "Metrics|1|MetricStat|Metric"), """{"Namespace": "AWS/ApiGateway", "MetricName": "5xx", "Dimensions": [{"Name": "ApiId", "Value": {"Ref": "ApiId"}}, {"Name": "Stage", "Value": {"Ref": "ApiStage"}}]}""")),
        new("the token API's alarm looks at the other API", nameof(AlarmBehaviour), Of, Set(Alarm("TokenErrorRate", "Metrics|1|MetricStat|Metric|MetricName"), "\"Failed\"")),
        new("no page for the REST API", nameof(AlarmBehaviour), Of, Replace(Alarm("ServiceFailing", "AlarmRule|Fn::Sub|1|Rest|Fn::If|1|Fn::Sub"), "ALARM(\"${RestErrorRate}\") OR ALARM(\"${RestFewCallsFail}\")", "ALARM(\"${RestUnavailable}\")")),
        new("all APIs' failures in one metric", nameof(FiltersMatchLines), Of, Replace("Resources|AccessFailedFilter|Properties|FilterPattern|Fn::Sub", "($.apiId = \"${ApiId}\") && ", "")),
        new("the gateway's own 503 taken for one that passes", nameof(FiltersMatchLines), Of, Replace("Resources|RestUnavailableFilter|Properties|FilterPattern", " && ($.functionStatus = \"503\")", "")),
        new("a band without a least number of calls", nameof(CompositeAlarms), Of, Replace(Alarm("Attention", "AlarmRule|Fn::Sub|0"), "(ALARM(\"${ClientErrorAnomaly}\") AND ALARM(\"${ClientErrors}\"))", "ALARM(\"${ClientErrorAnomaly}\")")),
        new("no page when the signed call stops", nameof(AlarmBehaviour), Of, Set(Alarm("ProbeFailing", "Metrics|2|Expression"), "\"FILL(errors, 0)\"")),
        new("a page for two signed calls that fail", nameof(AlarmBehaviour), Of, Set(Alarm("ProbeFailing", "DatapointsToAlarm"), "2")),
        new("a composite of an unknown alarm", nameof(CompositeAlarms), Of, Set(Alarm("ServiceSaturated", "AlarmRule"), "\"ALARM(\\\"Concurency\\\")\"")),
        new("a composite rule that does not parse", nameof(CompositeAlarms), Of, Set(Alarm("ServiceSaturated", "AlarmRule"), "\"ALARM(\\\"Concurrency\\\") OR\"")),
        new("a composite that tells nobody", nameof(CompositeAlarms), Of, Remove(Alarm("ServiceFailing", "AlarmActions"))),
        new("a composite that is switched off", nameof(CompositeAlarms), Of, Set(Alarm("ServiceFailing", "ActionsEnabled"), "false")),
        new("a composite that speaks in a deployment", nameof(CompositeAlarms), Of, Remove(Alarm("ServiceFailing", "ActionsSuppressor"))),
        new("a leaf that pages", nameof(CompositeAlarms), Of, Set(Alarm("ErrorRate", "AlarmActions"), "[{\"Ref\": \"Pages\"}]")),
        new("a leaf that no composite looks at", nameof(CompositeAlarms), Of, Replace(Alarm("Attention", "AlarmRule|Fn::Sub|0"), "OR ALARM(\"${Crashes}\")", "")),
        new("a metric that nobody writes", nameof(MetricsExist), Of, Set(Alarm("S3Throttled", "Metrics|0|MetricStat|Metric|MetricName"), "\"Throttled\"")),
        new("the name that a REST API's metric has", nameof(MetricsExist), Of, Set(Alarm("ErrorRate", "Metrics|1|MetricStat|Metric|MetricName"), "\"5XXError\"")),
        new("a dimension too few", nameof(MetricsExist), Of, Remove(Alarm("BucketServerErrors", "Metrics|0|MetricStat|Metric|Dimensions|1"))),
        new("a namespace that nobody writes", nameof(MetricsExist), Of, Set(Alarm("Crashes", "Metrics|0|MetricStat|Metric|Namespace"), "\"S3Lister\"")),
        new("a default together with dimensions", nameof(MetricFilters), Of, Set("Resources|AccessDeniedFilter|Properties|MetricTransformations|0|Dimensions", "[{\"Key\": \"Route\", \"Value\": \"$.route\"}]")),
        new("four dimensions", nameof(MetricFilters), Of, template =>
        {
            Remove("Resources|AccessDeniedFilter|Properties|MetricTransformations|0|DefaultValue")(template);
            Set("Resources|AccessDeniedFilter|Properties|MetricTransformations|0|Dimensions", "[{\"Key\":\"A\",\"Value\":\"$.a\"},{\"Key\":\"B\",\"Value\":\"$.b\"},{\"Key\":\"C\",\"Value\":\"$.c\"},{\"Key\":\"D\",\"Value\":\"$.d\"}]")(template);
        }),
        new("a pattern that does not parse", nameof(MetricFilters), Of, Set(Pattern("ListObjectsS3WrongBucket"), "\"{ ($.cause = \\\"NoSuchBucket:*\\\" || }\"")),
        new("a pattern without its brace", nameof(MetricFilters), Of, Set(Pattern("ListObjectsInternalError"), "\"{ $.code = \\\"InternalError\\\"\"")),
        new("a misspelt field", nameof(FiltersMatchLines), Of, Set(Pattern("ListObjectsInternalError"), "\"{ $.Code = \\\"InternalError\\\" }\"")),
        new("a misspelt cause", nameof(FiltersMatchLines), Of, Set(Pattern("SummaryS3AccessDenied"), "\"{ $.cause = \\\"AccessDenied\\\" }\"")),
        new("a pattern that counts too much", nameof(FiltersMatchLines), Of, Set(Pattern("HealthS3Failed"), "\"{ $.level = \\\"Error\\\" }\"")),
        new("a number in quotes", nameof(FiltersMatchLines), Of, Set(Pattern("AccessDenied"), "\"{ $.status = \\\"403\\\" }\"")),
        new("the slow calls of every route", nameof(FiltersMatchLines), Of, Set(Pattern("AccessListObjectsSlow"), "\"{ $.latency > 1000 }\"")),
        new("a filter for which there are no lines", nameof(FiltersMatchLines), Of, Set("Resources|AccessDeniedFilter|Properties|MetricTransformations|0|MetricName", "\"Unheard\"")),
        new("a query of a field that no line has", nameof(LogFields), Of, Replace("Resources|SlowestQuery|Properties|QueryString", "s3Milliseconds", "s3Ms")),
        new("a query of the wrong log", nameof(LogFields), Of, Set("Resources|DeniedQuery|Properties|LogGroupNames", "[{\"Ref\": \"ListObjectsLogGroupName\"}]")),
        new("contributors by a field that no line has", nameof(LogFields), Of, Replace("Resources|DeniedCallersRule|Properties|RuleBody|Fn::Sub", "$.callerArn", "$.userArn")),
        new("a contributor rule that is no JSON", nameof(LogFields), Of, Replace("Resources|RefusedByGrantRule|Properties|RuleBody|Fn::Sub", "\"Count\"}", "\"Count\"")),
        new("a dashboard that is no JSON", nameof(Dashboards), Of, Replace(Body, "\"widgets\": [", "\"widgets\": [,")),
        new("a widget on another", nameof(Dashboards), Of, Replace(Body, "\"x\": 8, \"y\": 4", "\"x\": 7, \"y\": 4")),
        new("a widget beyond the edge", nameof(Dashboards), Of, Replace(Body, "\"x\": 16, \"y\": 28", "\"x\": 17, \"y\": 28")),
        new("a widget of a metric that nobody writes", nameof(Dashboards), Of, Replace(Body, "\"S3Lister\", \"Scanned\"", "\"S3Lister\", \"ScannedKeys\"")),
        new("a widget with another dimension", nameof(Dashboards), Of, Replace(Body, "\"Route\", \"GET /health\"", "\"Operation\", \"GET /health\"")),
        new("a widget's expression of an unknown id", nameof(Dashboards), Of, Replace(Body, "100 * FILL(errors, 0) / calls, 0)", "100 * FILL(failures, 0) / calls, 0)")),
        new("a widget with an empty dimension", nameof(Dashboards), Of, Set("Resources|Dashboard|Properties|DashboardBody|Fn::Sub|1|Filter", "\"\"")),
        new("an alarm without a runbook", nameof(Runbook), Of, Set(Alarm("Crashes", "AlarmDescription"), "\"It crashed.\"")),
        new("a link to another alarm's runbook", nameof(Runbook), Of, Replace(Alarm("Crashes", "AlarmDescription|Fn::Sub"), "#crashes", "#errorrate")),
        new("a topic without a key", nameof(Notifications), Of, Remove("Resources|Pages|Properties|KmsMasterKeyId")),
        new("a key that CloudWatch may not use", nameof(Notifications), Of, Remove("Resources|NotificationKey|Properties|KeyPolicy|Statement|1")),
        new("a topic that CloudWatch may not write to", nameof(Notifications), Of, Remove("Resources|TopicPolicy|Properties|PolicyDocument|Statement|0")),
        new("Slack without guardrails", nameof(Notifications), Of, Remove("Resources|SlackChannel|Properties|GuardrailPolicies")),
        new("Teams as an administrator", nameof(Notifications), Of, Set("Resources|TeamsChannel|Properties|GuardrailPolicies", "[{\"Fn::Sub\": \"arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess\"}]")),
        new("a topic for any service", nameof(LeastPrivilege), Of, Remove("Resources|TopicPolicy|Properties|PolicyDocument|Statement|0|Condition")),
        new("all of CloudWatch in chat", nameof(LeastPrivilege), Of, Set("Resources|ChatPolicy|Properties|PolicyDocument|Statement|0|Action", "\"cloudwatch:*\"")),
        new("a chat that may write on everything", nameof(LeastPrivilege), Of, Set("Resources|ChatPolicy|Properties|PolicyDocument|Statement|0|Action", "[\"cloudwatch:SetAlarmState\"]")),
        new("deployment events kept a day", nameof(LogRetention), Of, Set("Resources|DeploymentEvents|Properties|RetentionInDays", "1")),
        new("deployment events kept for ever", nameof(LogRetention), Of, Remove("Resources|DeploymentEvents|Properties|RetentionInDays")),
        new("a partition written out", nameof(HardCoded), Of, Set("Resources|NotificationKey|Properties|KeyPolicy|Statement|0|Principal|AWS", "{\"Fn::Sub\": \"arn:aws:iam::${AWS::AccountId}:root\"}")),
        new("a region written out", nameof(HardCoded), Of, Replace(Body, "\"region\": \"${AWS::Region}\"", "\"region\": \"eu-west-1\"")),
        new("an account written out", nameof(HardCoded), Of, Replace("Resources|LogAnomalyDetector|Properties|LogGroupArnList|0|Fn::Sub", "${AWS::AccountId}", "210987654321")),
    ];

    private const string Of = TemplateSet.Observability;

    private const string Body = "Resources|Dashboard|Properties|DashboardBody|Fn::Sub|0";

    private static string Alarm(string id, string property) => $"Resources|{id}|Properties|{property}";

    private static string Pattern(string filter) => $"Resources|{filter}Filter|Properties|FilterPattern";
}
