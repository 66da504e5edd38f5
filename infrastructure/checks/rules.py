"""Our own rules, for what no rule set finds. Each receives a template in one setting and yields a resource and a message for each finding.

RULES has them by name. All run on every template, so a new template must pass them from its first day.
"""
import json
import math
import re
from types import SimpleNamespace

RULES = {}
# The variables of the access log of an HTTP API.
CONTEXT = set("""
    accountId apiId authorizer.error awsEndpointRequestId awsEndpointRequestId2 customDomain.basePathMatched dataProcessed
    domainName domainPrefix error.message error.messageString error.responseType extendedRequestId httpMethod
    identity.accountId identity.caller identity.cognitoAuthenticationProvider identity.cognitoAuthenticationType
    identity.cognitoIdentityId identity.cognitoIdentityPoolId identity.principalOrgId identity.clientCert.clientCertPem
    identity.clientCert.subjectDN identity.clientCert.issuerDN identity.clientCert.serialNumber
    identity.clientCert.validity.notBefore identity.clientCert.validity.notAfter identity.sourceIp identity.user
    identity.userAgent identity.userArn integration.error integration.integrationStatus integration.latency
    integration.requestId integration.status integrationErrorMessage integrationLatency integrationStatus path protocol
    requestId requestTime requestTimeEpoch responseLatency responseLength routeKey stage status
    """.split())
REST_CONTEXT = CONTEXT | set("""
    apiKey authenticate.error authenticate.latency authenticate.status authorize.error authorize.latency authorize.status
    authorizer.integrationLatency authorizer.integrationStatus authorizer.latency authorizer.principalId
    authorizer.requestId authorizer.status deploymentId endpointType error.validationErrorString identity.apiKey
    identity.apiKeyId identity.vpcId identity.vpceId isCanaryRequest requestOverride.path.param resourceId resourcePath
    responseOverride.status waf.error waf.latency waf.status wafResponseCode webaclArn xrayTraceId
    """.split())
ALWAYS_NUMBERS = {"requestTimeEpoch", "responseLatency", "responseLength", "status"}
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{30,}|xox[abprs]-[A-Za-z0-9-]{10,}"
    r"|hooks\.slack\.com/services/|eyJ[A-Za-z0-9_-]{10,}\.eyJ"
    r"|(?<![\w/+=-])(?=[A-Za-z/+]*[0-9])(?=[A-Z0-9/+]*[a-z])(?=[a-z0-9/+]*[A-Z])[A-Za-z0-9/+]{40}(?![\w/+=-])")
SECRET_NAME = re.compile(r"(?i)password|passwd|secret|api_?key|private_?key|access_?key|credential|auth_?token|token$")
# One partition, region or account, and the names of services, which are the same in each partition.
FIXED = re.compile(
    r"arn:aws[a-z-]*:|\.amazonaws\.com|(?<![\w-])\d{12}(?![\w-])"
    r"|\b(us|eu|ap|sa|ca|me|af|il|mx|cn)-(gov-|iso[a-z]?-)?(north|south|east|west|central|northeast|southeast|southwest|northwest)-\d\b")
SERVICE = re.compile(r'^[a-z0-9.-]+(\.\$\{AWS::Region\})?\.amazonaws\.com$|"[a-z0-9.-]+\.amazonaws\.com"')
# Actions that IAM allows on no single resource.
WITHOUT_RESOURCE = (
    "cloudwatch:Describe", "cloudwatch:Get", "cloudwatch:List", "ec2:Describe", "logs:DescribeLogGroups", "logs:GetQueryResults",
    "logs:StopQuery", "tag:GetResources", "xray:Get", "xray:Put")


def rule(function):
    RULES[function.__name__.replace("_", "-")] = function
    return function


def findings(path, source, plain):
    resources = plain["Resources"]
    # What a rule receives: the file, the template as written, the resources as deployed.
    seen = SimpleNamespace(path=path, source=source, resources=resources, of=lambda kind: {
        name: item.get("Properties", {}) for name, item in resources.items() if item["Type"] == kind})
    for name, function in RULES.items():
        for resource, message in function(seen):
            yield name, resource, message


def listed(value):
    return value if isinstance(value, list) else [value]


def walk(node, place=()):
    """Each scalar in a part of a template, with its path."""
    if isinstance(node, dict):
        for key, item in node.items():
            yield from walk(item, (*place, key))
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from walk(item, (*place, number))
    else:
        yield place, node


@rule
def route_authorized(seen):
    """Every route of every API has an authorizer."""
    for name, api in seen.of("AWS::ApiGatewayV2::Api").items():
        body = api.get("Body", {})
        schemes = body.get("components", {}).get("securitySchemes", {})
        for path, methods in body.get("paths", {}).items():
            for method, operation in methods.items():
                security = [scheme for item in operation.get("security", []) for scheme in item]
                if not security or any(scheme not in schemes for scheme in security):
                    yield name, f"{method.upper()} {path} is open"
                elif all(schemes[scheme].get("x-amazon-apigateway-authtype") != "awsSigv4" and
                         "x-amazon-apigateway-authorizer" not in schemes[scheme] for scheme in security):
                    yield name, f"{method.upper()} {path} has a security scheme that checks nothing"
    for name, route in seen.of("AWS::ApiGatewayV2::Route").items():
        if route.get("AuthorizationType", "NONE") == "NONE":
            yield name, f"{route['RouteKey']} is open"
        elif route["AuthorizationType"] in ("JWT", "CUSTOM") and not route.get("AuthorizerId"):
            yield name, f"{route['RouteKey']} has no authorizer"
        elif route["AuthorizationType"] == "JWT" and not route.get("AuthorizationScopes"):
            yield name, f"{route['RouteKey']} requires no scope: any token of the pool is accepted"
    for name, method in seen.of("AWS::ApiGateway::Method").items():
        if method.get("AuthorizationType", "NONE") == "NONE" and method.get("HttpMethod") != "OPTIONS":
            yield name, "the method is open"
    for name, function in seen.of("AWS::Lambda::Url").items():
        yield name, f"a function URL bypasses the API: {function.get('AuthType')}"


@rule
def token_clients(seen):
    """The authorizer accepts the tokens of the stack's own client and of the further ones, and all scopes exist."""
    scopes = {f"{server['Identifier']}/{scope['ScopeName']}" for server in seen.of("AWS::Cognito::UserPoolResourceServer").values()
              for scope in server.get("Scopes", [])}
    clients = seen.of("AWS::Cognito::UserPoolClient")
    for name, authorizer in seen.of("AWS::ApiGatewayV2::Authorizer").items():
        audience = json.dumps(authorizer.get("JwtConfiguration", {}).get("Audience", []))
        for client in clients:
            if f'{{"Ref": "{client}"}}' not in audience:
                yield name, f"it accepts no token of {client}"
        if "TokenClientIds" in seen.source.get("Parameters", {}) and '{"Ref": "TokenClientIds"}' not in json.dumps(seen.source["Resources"][name]):
            yield name, "it accepts no token of the further clients"
    requested = [*((name, client.get("AllowedOAuthScopes", [])) for name, client in clients.items()),
             *((name, route.get("AuthorizationScopes", [])) for name, route in seen.of("AWS::ApiGatewayV2::Route").items())]
    for name, wanted in requested:
        if missing := set(wanted) - scopes:
            yield name, f"no resource server defines {sorted(missing)}"


@rule
def access_log(seen):
    """A stage's log is one JSON object of known variables, in which exactly the fields that are always numbers are unquoted."""
    stages = [*seen.of("AWS::ApiGatewayV2::Stage").items(), *seen.of("AWS::ApiGateway::Stage").items()]
    for name, stage in stages:
        rest = seen.resources[name]["Type"] == "AWS::ApiGateway::Stage"
        settings = stage.get("AccessLogSetting" if rest else "AccessLogSettings")
        if not settings:
            yield name, "no access log"
            continue
        text = settings["Format"]
        variables = re.findall(r"\$context\.([A-Za-z0-9.]*[A-Za-z0-9])", text)
        for variable in variables:
            known = REST_CONTEXT if rest else CONTEXT
            if variable not in known and not variable.startswith(("authorizer.claims.", "authorizer.")):
                yield name, f"API Gateway has no variable $context.{variable}"
        # A variable without a value prints a hyphen, which is not a number: unquoted, the line is no longer JSON.
        filled = re.sub(r"\$context\.([A-Za-z0-9.]*[A-Za-z0-9])", lambda found: "1" if found[1] in ALWAYS_NUMBERS else "-", text)
        try:
            entry = json.loads(filled)
        except ValueError as broken:
            yield name, f"the access log is not JSON: {broken}"
            continue
        for field, value in entry.items():
            if value == "1":
                yield name, f"{field} is always a number: remove its quotes, or filters compare text"
        if not rest:
            for needed in ("requestId", "status", "responseLatency", "integration.error", "identity.userArn", "identity.sourceIp", "routeKey"):
                if needed not in variables:
                    yield name, f"the access log lacks $context.{needed}"


@rule
def stage_throttled(seen):
    """A stage has request limits, and the limits of each of its routes are ones that API Gateway knows."""
    for name, stage in seen.of("AWS::ApiGatewayV2::Stage").items():
        for route, settings in {"the stage": stage.get("DefaultRouteSettings", {}), **stage.get("RouteSettings", {})}.items():
            for limit in ("ThrottlingRateLimit", "ThrottlingBurstLimit"):
                if not settings.get(limit):
                    yield name, f"{route}: no {limit}"
            if unknown := settings.keys() - {"ThrottlingRateLimit", "ThrottlingBurstLimit", "DetailedMetricsEnabled"}:
                yield name, f"{route}: {sorted(unknown)} is unknown"


@rule
def domains_tls(seen):
    """A domain name of an HTTP API requires TLS 1.2 or later."""
    for name, domain in seen.of("AWS::ApiGatewayV2::DomainName").items():
        if any(item.get("SecurityPolicy") != "TLS_1_2" for item in domain.get("DomainNameConfigurations", [{}])):
            yield name, "it accepts TLS below 1.2"


@rule
def no_public_policies(seen):
    """No policy of a resource allows everyone something, or a service to act for any account."""
    for kind, policy in (("AWS::S3::BucketPolicy", "PolicyDocument"), ("AWS::SNS::TopicPolicy", "PolicyDocument"),
                         ("AWS::SQS::QueuePolicy", "PolicyDocument"), ("AWS::KMS::Key", "KeyPolicy")):
        for name, properties in seen.of(kind).items():
            for item in properties[policy]["Statement"]:
                who, condition = item.get("Principal"), item.get("Condition")
                service = who.get("Service") if isinstance(who, dict) else None
                everyone = who == "*" or "NotPrincipal" in item or isinstance(who, dict) and "*" in listed(who.get("AWS", []))
                if item["Effect"] == "Allow" and everyone and (who == "*" and kind != "AWS::KMS::Key" or not condition):
                    yield name, f"{item.get('Sid')}: everyone may {item['Action']}"
                # EventBridge publishes without naming its account or rule.
                if item["Effect"] == "Allow" and service not in (None, "events.amazonaws.com") and not condition:
                    yield name, f"{item.get('Sid')}: {service} may {item['Action']} on any account's behalf"


@rule
def topics_encrypted(seen):
    """A topic is encrypted with a key of the stack, because CloudWatch and EventBridge cannot use the one of SNS."""
    for name, topic in seen.of("AWS::SNS::Topic").items():
        if "alias/aws/sns" in str(topic.get("KmsMasterKeyId", "alias/aws/sns")):
            yield name, "not encrypted with a key that its publishers may use"


def allows(statement, service):
    return statement["Effect"] == "Allow" and service in listed(statement["Principal"].get("Service", [])) and statement.get("Condition")


@rule
def notifications_arrive(seen):
    """CloudWatch may publish to each topic of an alarm and use its key; otherwise it drops notifications without an error."""
    actions = json.dumps([alarm.get("AlarmActions") for kind in ("Alarm", "CompositeAlarm") for alarm in seen.of(f"AWS::CloudWatch::{kind}").values()])
    for name, topic in seen.of("AWS::SNS::Topic").items():
        if f'{{"Ref": "{name}"}}' not in actions:
            continue
        key = json.dumps(topic.get("KmsMasterKeyId", ""))
        policies = [item["PolicyDocument"] for item in seen.of("AWS::SNS::TopicPolicy").values() if {"Ref": name} in item["Topics"]]
        keys = [item["KeyPolicy"] for other, item in seen.of("AWS::KMS::Key").items() if f'"{other}"' in key]
        for what, documents in (("publish", policies), ("use its key", keys)):
            if not any(allows(statement, "cloudwatch.amazonaws.com") for document in documents for statement in document["Statement"]):
                yield name, f"CloudWatch may not {what}"


@rule
def chat_guarded(seen):
    """A chat channel has guardrails, none of them an administrator's."""
    for kind in ("SlackChannel", "MicrosoftTeamsChannel"):
        for name, channel in seen.of(f"AWS::Chatbot::{kind}Configuration").items():
            if not channel.get("GuardrailPolicies") or "Administrator" in json.dumps(channel["GuardrailPolicies"]):
                yield name, "a channel without guardrails may do everything"


@rule
def tls_only(seen):
    """Every bucket has a policy that denies plain HTTP and TLS below 1.2 to everyone, in the form that AWS's checkers recognize."""
    policies = {json.dumps(policy["Bucket"]): policy["PolicyDocument"]["Statement"] for policy in seen.of("AWS::S3::BucketPolicy").values()}
    for name, bucket in seen.of("AWS::S3::Bucket").items():
        def whole(resources, names=(f'"{name}"', json.dumps(bucket.get("BucketName", name))[1:-1])):
            texts = [json.dumps(item) for item in listed(resources)]
            return len(texts) == 2 and sum('/*"' in text for text in texts) == 1 and all(any(known in text for known in names) for text in texts)

        statements = policies.get(json.dumps({"Ref": name}), [])
        denies = [item for item in statements if item["Effect"] == "Deny" and item.get("Principal") == "*"
                  and item["Action"] == "s3:*" and whole(item["Resource"])]
        if not any(item.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}} for item in denies):
            yield name, "plain HTTP is not denied"
        if not any(item.get("Condition") == {"NumericLessThan": {"s3:TlsVersion": "1.2"}} for item in denies):
            yield name, "TLS below 1.2 is not denied"


@rule
def data_kept(seen):
    """Data and keys outlive the stack. A bucket has no access control lists, expires old versions and unfinished uploads, and has a bucket key."""
    for name, item in seen.resources.items():
        if item["Type"] in ("AWS::S3::Bucket", "AWS::KMS::Key", "AWS::Cognito::UserPool"):
            for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
                if not item.get(policy, "Delete").startswith("Retain"):
                    yield name, f"{policy} does not keep it"
    for name, bucket in seen.of("AWS::S3::Bucket").items():
        rules = bucket.get("OwnershipControls", {}).get("Rules", [])
        if [item.get("ObjectOwnership") for item in rules] != ["BucketOwnerEnforced"]:
            yield name, "access control lists are not off"
        lifecycle = bucket.get("LifecycleConfiguration", {}).get("Rules", [])
        if not any("AbortIncompleteMultipartUpload" in item for item in lifecycle):
            yield name, "unfinished uploads stay forever"
        if not any("NoncurrentVersionExpiration" in item for item in lifecycle):
            yield name, "old versions stay forever"
        for encryption in bucket.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration", []):
            kms = encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"].startswith("aws:kms")
            if kms and not encryption.get("BucketKeyEnabled"):
                yield name, "no bucket key: KMS is called for each object"


@rule
def retention(seen):
    """Logs are kept for a year, by default too, and not forever."""
    for name, group in seen.of("AWS::Logs::LogGroup").items():
        declared = seen.source["Resources"].get(name, {}).get("Properties", {}).get("RetentionInDays")
        default = seen.source["Parameters"][declared["Ref"]].get("Default", 0) if isinstance(declared, dict) and "Ref" in declared else 365
        if min(int(group.get("RetentionInDays", 0)), int(default)) < 365:
            yield name, f"kept for {group.get('RetentionInDays', 'ever')}, by default {default}: less than a year, or forever"


@rule
def log_groups_declared(seen):
    """Each function writes JSON to a log group of the template that no other function uses."""
    groups = []
    for name, function in seen.of("AWS::Lambda::Function").items():
        logging = function.get("LoggingConfig", {})
        group = logging.get("LogGroup", {})
        if logging.get("LogFormat") != "JSON":
            yield name, "its log is not JSON"
        if not isinstance(group, dict) or group.get("Ref") not in seen.of("AWS::Logs::LogGroup"):
            yield name, "no log group of the template: Lambda creates one without retention"
        elif group in groups:
            yield name, "another function uses the same log group"
        groups.append(group)


@rule
def secrets_masked(seen):
    """The log groups of functions and APIs mask credentials that are logged by mistake."""
    needing = [json.dumps(function.get("LoggingConfig", {}).get("LogGroup")) for function in seen.of("AWS::Lambda::Function").values()]
    for name, group in seen.of("AWS::Logs::LogGroup").items():
        if json.dumps({"Ref": name}) not in needing and "vendedlogs/s3lister" not in str(group.get("LogGroupName")):
            continue
        statements = group.get("DataProtectionPolicy", {}).get("Statement", [])
        operations = {operation for item in statements for operation in item["Operation"]}
        if operations != {"Audit", "Deidentify"} or len({json.dumps(item["DataIdentifier"]) for item in statements}) != 1:
            yield name, "credentials are not masked"


@rule
def event_selectors(seen):
    """A trail has one kind of event selectors, and records management events and the bucket's data events."""
    for name, trail in seen.of("AWS::CloudTrail::Trail").items():
        if "EventSelectors" in trail and "AdvancedEventSelectors" in trail:
            yield name, "both kinds of event selectors"
        fields = [{field["Field"]: field for field in selector["FieldSelectors"]} for selector in trail.get("AdvancedEventSelectors", [])]
        categories = [field["eventCategory"]["Equals"] for field in fields]
        if ["Management"] not in categories:
            yield name, "no management events"
        data = [field for field in fields if field["eventCategory"]["Equals"] == ["Data"]]
        if not any(field.get("resources.type", {}).get("Equals") == ["AWS::S3::Object"] for field in data):
            yield name, "no data events of S3: listings are not recorded"
        if any("readOnly" in field for field in fields):
            yield name, "it excludes reads or writes"
        if not trail.get("IsLogging") or not trail.get("IncludeGlobalServiceEvents"):
            yield name, "it is not logging, or excludes global services"


@rule
def findings_complete(seen):
    """GuardDuty monitors S3 and Lambda, and its findings have a target."""
    for name, detector in seen.of("AWS::GuardDuty::Detector").items():
        on = {feature["Name"] for feature in detector.get("Features", []) if feature["Status"] == "ENABLED"}
        if missing := {"S3_DATA_EVENTS", "LAMBDA_NETWORK_LOGS"} - on:
            yield name, f"{sorted(missing)} off"
        rules = seen.of("AWS::Events::Rule").values()
        if not any(item["EventPattern"].get("source") == ["aws.guardduty"] and item.get("Targets") and
                   item.get("State", "ENABLED") == "ENABLED" for item in rules):
            yield name, "its findings have no target"


@rule
def tampering_reported(seen):
    """With GuardDuty or a trail, a rule reports who turns it off or opens the bucket or the key."""
    if not (seen.of("AWS::GuardDuty::Detector") or seen.of("AWS::CloudTrail::Trail")):
        return
    reported = {name for item in seen.of("AWS::Events::Rule").values() if item.get("Targets") and item.get("State", "ENABLED") == "ENABLED"
            for name in item["EventPattern"].get("detail", {}).get("eventName", [])}
    if missing := {"DeleteBucketEncryption", "DeleteBucketPolicy", "DeleteBucketPublicAccessBlock", "DeleteDetector", "DeleteTrail",
                   "PutBucketEncryption", "PutBucketLogging", "PutBucketPolicy", "PutBucketVersioning", "PutKeyPolicy",
                   "ScheduleKeyDeletion", "StopLogging", "UpdateDetector"} - reported:
        yield "Rules", f"no rule reports {sorted(missing)}"
    for name, item in seen.of("AWS::Events::Rule").items():
        if "PutBucketPolicy" not in item["EventPattern"].get("detail", {}).get("eventName", []):
            continue
        if "anything-but" not in json.dumps(item["EventPattern"]["detail"].get("$or", [])):
            yield name, "it reports every deployment"
        elif len(item["EventPattern"]["detail"]["$or"]) != 2:
            yield name, "it does not report changes that somebody else makes through CloudFormation"


@rule
def partition(seen):
    """No ARN, host name or text names one partition, region or account."""
    for section in ("Resources", "Outputs"):
        for place, text in walk(seen.source.get(section, {})):
            if isinstance(text, str) and "Description" not in place and (fixed := FIXED.search(SERVICE.sub("", text))):
                yield place[0], f"{'/'.join(map(str, place[1:]))}: {fixed[0]}"


@rule
def secrets(seen):
    """There are no secrets: nothing looks like one or has the name of one, and nothing creates one."""
    for place, text in walk(seen.source):
        if isinstance(text, str) and SECRET.search(text) and "AllowedPattern" not in place:
            yield place[1] if len(place) > 1 else "template", f"{'/'.join(map(str, place))} looks like a secret"
    for name, function in seen.of("AWS::Lambda::Function").items():
        for variable in function.get("Environment", {}).get("Variables", {}):
            if SECRET_NAME.search(variable):
                yield name, f"the environment variable {variable} has the name of a secret"
    for name, declared in seen.source.get("Parameters", {}).items():
        if SECRET_NAME.search(name) and not declared.get("AllowedValues") or declared.get("NoEcho"):
            yield name, "a parameter for a secret: the stack needs no secrets"
    for kind in ("AWS::SecretsManager::Secret", "AWS::IAM::AccessKey"):
        for name in seen.of(kind):
            yield name, f"{kind}: the stack needs no secrets"
    for output, item in seen.source.get("Outputs", {}).items():
        if "ClientSecret" in json.dumps(item):
            yield output, "the output contains a secret"


@rule
def roles_narrow(seen):
    """No policy managed by AWS, no wildcard action, no wildcard resource where an action knows one; every role has the boundary."""
    documents = [(name, policy["PolicyDocument"]) for name, item in seen.of("AWS::IAM::Role").items() for policy in item.get("Policies", [])]
    documents += [(name, item["PolicyDocument"]) for kind in ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy") for name, item in seen.of(kind).items()]
    for name, document in documents:
        for item in document["Statement"]:
            for key in ("NotAction", "NotResource"):
                if key in item and item["Effect"] == "Allow":
                    yield name, f"{key} allows more than it names"
            for action in listed(item.get("Action", [])):
                if "*" in action and item["Effect"] == "Allow":
                    yield name, f"the action {action}"
            if "*" in listed(item.get("Resource", [])) and item["Effect"] == "Allow":
                if wide := [action for action in listed(item.get("Action", [])) if not action.startswith(WITHOUT_RESOURCE)]:
                    yield name, f"{wide} on every resource"
    for name, item in seen.of("AWS::IAM::Role").items():
        for arn in item.get("ManagedPolicyArns", []):
            if not isinstance(arn, dict):
                yield name, f"the managed policy {arn}"
        source = seen.source["Resources"].get(name)
        if source and "PermissionsBoundary" not in source["Properties"]:
            yield name, "has no permissions boundary"


@rule
def trust_narrow(seen):
    """A role is assumed by a named service or principal, never by everyone."""
    for name, item in seen.of("AWS::IAM::Role").items():
        for statement in item["AssumeRolePolicyDocument"]["Statement"]:
            who = statement.get("Principal", "*")
            if who == "*" or "*" in listed(who.get("AWS", [])) or "NotPrincipal" in statement:
                yield name, "everyone may assume it"


@rule
def key_policies(seen):
    """A key's users and administrators are separate, services have a condition, and its deletion can be canceled for 30 days."""
    for name, key in seen.of("AWS::KMS::Key").items():
        if key.get("PendingWindowInDays", 30) != 30:
            yield name, "its deletion can be canceled for less than 30 days"
        if key.get("Enabled", True) is not True:
            yield name, "is disabled"
        for item in key["KeyPolicy"]["Statement"]:
            actions = listed(item["Action"])
            uses = any(re.match(r"kms:(Decrypt|Encrypt|GenerateDataKey|ReEncrypt|\*)", action) for action in actions)
            administers = any(re.match(r"kms:(Put|ScheduleKeyDeletion|Disable|\*)", action) for action in actions)
            if item["Effect"] == "Allow" and "kms:PutKeyPolicy" in actions and "kms:CreateAlias" not in actions:
                yield name, f"{item.get('Sid')}: its administrators cannot create an alias for it"
            if item["Effect"] == "Allow" and uses and administers:
                yield name, f"{item.get('Sid')}: the same principal uses and administers the key"
            if item["Effect"] == "Allow" and "Service" in listed(item["Principal"])[0] and not item.get("Condition"):
                yield name, f"{item.get('Sid')}: a service without a condition"
            if item["Effect"] == "Allow" and uses and "kms:ViaService" not in json.dumps(item) and "Service" not in item["Principal"]:
                yield name, f"{item.get('Sid')}: it can be used without a service"


@rule
def functions_narrow(seen):
    """Each function has its own role, ends before the API's timeout, and can be invoked only from a named source."""
    roles = []
    for name, function in seen.of("AWS::Lambda::Function").items():
        if json.dumps(function["Role"]) in roles:
            yield name, "another function has the same role"
        roles.append(json.dumps(function["Role"]))
        if int(function.get("Timeout", 3)) > 29:
            yield name, "its timeout is longer than the API's"
    for name, permission in seen.of("AWS::Lambda::Permission").items():
        if permission["Principal"] == "*" or "SourceArn" not in permission:
            yield name, "a permission without a source"


def invalid(alarm):
    metrics, band, evaluated = alarm.get("Metrics", []), alarm.get("ThresholdMetricId"), int(alarm["EvaluationPeriods"])
    ids = [item["Id"] for item in metrics]
    periods = {int(item["MetricStat"]["Period"]) for item in metrics if "MetricStat" in item} or {int(alarm["Period"])}
    if not 1 <= int(alarm.get("DatapointsToAlarm", evaluated)) <= evaluated:
        yield "DatapointsToAlarm is not between 1 and EvaluationPeriods"
    if "TreatMissingData" not in alarm:
        yield "does not say how to treat missing data"
    if len(periods) > 1:
        yield "its metrics have different periods"
    if evaluated * max(periods) > (86_400 if max(periods) < 3600 else 604_800):
        yield "looks further back than CloudWatch can"
    if metrics and sum(str(item.get("ReturnData", True)).lower() == "true" for item in metrics) != (2 if band else 1):
        yield "not exactly one result"
    if metrics and (bool(band) == ("Threshold" in alarm) or band and band not in ids):
        yield "not exactly one threshold"
    if len(set(ids)) < len(ids) or not all(re.match("[a-z]", text) for text in ids):
        yield "ids are not distinct, or do not begin with a small letter"


@rule
def alarms_valid(seen):
    """What cfn-lint accepts and CloudWatch refuses, or an alarm that could not fire."""
    for name, alarm in seen.of("AWS::CloudWatch::Alarm").items():
        yield from ((name, message) for message in invalid(alarm))
    for name, item in seen.of("AWS::Logs::MetricFilter").items():
        for transformation in item["MetricTransformations"]:
            if "DefaultValue" in transformation and "Dimensions" in transformation:
                yield name, "a default value and dimensions exclude each other"
            if len(transformation.get("Dimensions", [])) > 3:
                yield name, "more than three dimensions"
    for name, dashboard in seen.of("AWS::CloudWatch::Dashboard").items():
        body = dashboard["DashboardBody"]
        try:
            json.loads(body if isinstance(body, str) else "".join("id" if isinstance(part, dict) else str(part) for part in body["Fn::Join"][1]))
        except ValueError as broken:
            yield name, f"the body is not JSON: {broken}"


@rule
def rollback_alarms(seen):
    """A deployment rolls back on errors and throttles of its own alias, and on the failures that its function logs. Lambda
    counts no error for a response of 500, 502 or 504. Alarms on the API would be a circular dependency.

    One that shifts all traffic at once watches no alarm: an alarm in ALARM would stop the rollback that it requests."""
    failures = {item["MetricTransformations"][0]["MetricName"]: item["LogGroupName"].get("Ref")
                for item in seen.of("AWS::Logs::MetricFilter").values() if isinstance(item["LogGroupName"], dict)}
    for name, group in seen.of("AWS::CodeDeploy::DeploymentGroup").items():
        alarms = [item["Name"].get("Ref") for item in group.get("AlarmConfiguration", {}).get("Alarms", [])]
        watched = [seen.of("AWS::CloudWatch::Alarm").get(alarm, {}) for alarm in alarms]
        if group["DeploymentConfigName"].endswith("AllAtOnce"):
            if alarms:
                yield name, "an alarm that is in ALARM would stop a rollback"
            continue
        function = name.removesuffix("DeploymentGroup")
        metrics = {text for alarm in watched for place, text in walk(alarm) if place[-1] == "MetricName"}
        if {"Errors", "Throttles"} - metrics:
            yield name, "it does not watch errors and throttles"
        if f"{function}LogGroup" not in {failures.get(metric) for metric in metrics}:
            yield name, "it does not watch the failures that the function logs"
        if any(f'"{function}"' not in json.dumps(alarm) for alarm in watched):
            yield name, "it watches another function"
        if "DEPLOYMENT_STOP_ON_ALARM" not in group.get("AutoRollbackConfiguration", {}).get("Events", []):
            yield name, "it does not roll back on an alarm"


@rule
def parameters_used(seen):
    """Every parameter is used and has a description."""
    text = json.dumps({key: value for key, value in seen.source.items() if key not in ("Parameters", "Rules")})
    for name, declared in seen.source.get("Parameters", {}).items():
        if f'{{"Ref": "{name}"}}' not in text and f"${{{name}}}" not in text:
            yield name, "the parameter is not used"
        if not declared.get("Description"):
            yield name, "the parameter has no description"


def longest(value, parameters):
    """The most bytes that a value may have in JSON; infinite where nothing limits them."""
    if not isinstance(value, dict):
        return len(str(value))
    (function, argument), = value.items()
    if function == "Fn::If":
        return max(longest(branch, parameters) for branch in argument[1:])
    if function == "Ref" and argument.startswith("AWS::"):
        return len("123456789012")
    declared = parameters.get(argument, {}) if function == "Ref" else {}
    if "AllowedValues" in declared:
        return max(len(str(allowed)) for allowed in declared["AllowedValues"])
    if "MaxValue" in declared:
        return len(str(declared["MaxValue"]))

    def accepts(letter):
        texts = (letter * 3, f"{letter}/", f"a{letter}b/", f"a/,{letter}/")
        return any(re.search(declared.get("AllowedPattern", ""), text) for text in texts)

    # CloudFormation counts characters and Lambda bytes: a pattern must refuse what has more than one. The densest JSON of a
    # value has a quote, which is escaped, forevery other character.
    if "MaxLength" not in declared or accepts("\u00e9") or accepts("\n"):
        return math.inf
    return int(declared["MaxLength"]) * (1.5 if accepts('"') or accepts("\\") else 1)


@rule
def environment_fits(seen):
    """The variables of a function fit into Lambda's 4 KB, whatever the parameters allow, with 128 bytes for a deployment's own.

    Lambda measures them as JSON: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
    def variables(properties):
        return properties.get("Environment", {}).get("Variables", {})

    for name, item in seen.source["Resources"].items():
        if item["Type"] == "AWS::Serverless::Function":
            every = {**variables(seen.source.get("Globals", {}).get("Function", {})), **variables(item["Properties"])}
            size = sum(len(f'"{variable}":"",') + longest(value, seen.source.get("Parameters", {})) for variable, value in every.items())
            if size > 4096 - 128:
                yield name, f"its variables may have {size} bytes"
