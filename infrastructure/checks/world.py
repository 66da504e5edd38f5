"""The account in which the policies of the templates are tried: who and what there is, and which policy each has."""
import json
from functools import cache

import sam
from render import Rendering
from templates import read, settings

ACCOUNT, OTHER, REGION = "123456789012", "999999999999", "us-east-1"
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
LEFT_TO_IAM = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}]}
ONLY_LOGS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
STACKS = {
    "serverless.template": "s3lister", "infrastructure/bucket.template": "data", "infrastructure/token-api.template": "tokens",
    "infrastructure/guardrails.template": "guardrails", "infrastructure/rest-api.template": "edge",
    "infrastructure/grafana.template": "grafana", "infrastructure/probe.template": "probe",
    "infrastructure/pipeline.template": "s3lister-pipeline",
}

BUCKET = STACKS["infrastructure/bucket.template"]
PIPELINE_ROLES = ("ArtifactRole", "DeploymentRole", "SmokeTestRole", "CloudFormationRole")
GITHUB = "token.actions.githubusercontent.com"


def arn(service, rest, region=REGION, account=ACCOUNT):
    return f"arn:aws:{service}:{region}:{account}:{rest}"


def role(name, account=ACCOUNT):
    return arn("iam", f"role/{name}", "", account)


class Stack:
    """A template in a setting, with an ARN for all that it makes."""

    def __init__(self, path, template, setting):
        self.name, parameters = STACKS[path], settings(path, template)[setting]
        self.expanded = sam.expand(template, parameters)
        self.rendering = Rendering(self.expanded, parameters, self.known, {"AWS::StackName": self.name})
        self.resources = self.rendering.resources()

    def known(self, name, attribute):
        """What CloudFormation would say a resource's Ref or attribute is."""
        resource = self.expanded["Resources"][name]
        kind, properties = resource["Type"], resource.get("Properties", {})
        if kind == "AWS::S3::Bucket":
            bucket = self.rendering.value(properties.get("BucketName", f"{self.name}-{name.lower()}"))
            return f"arn:aws:s3:::{bucket}" if attribute else bucket
        if kind == "AWS::IAM::Role":
            return self.role(name) if attribute else name
        if kind == "AWS::Logs::LogGroup":
            group = self.rendering.value(properties["LogGroupName"])
            return arn("logs", f"log-group:{group}:*") if attribute else group
        made_up = f"{self.name}-{name}-1"
        if kind == "AWS::Lambda::Function":
            return arn("lambda", f"function:{made_up}") if attribute else made_up
        if kind == "AWS::Lambda::Alias":
            return arn("lambda", f"function:{self.rendering.value(properties['FunctionName'])}:live")
        return {
            "AWS::KMS::Key": arn("kms", f"key/{'Edge' if self.name == 'edge' else ''}{name}"),
            "AWS::CodeDeploy::Application": made_up,
            "AWS::IAM::ManagedPolicy": arn("iam", f"policy/{made_up}", ""),
            "AWS::SNS::Topic": arn("sns", f"{self.name}-findings"),
            "AWS::ApiGatewayV2::Api": name.lower(),
            "AWS::ApiGateway::RestApi": "restapi",
        }.get(kind, name)

    def role(self, name):
        """With the name that CloudFormation makes, and the path."""
        path = self.rendering.value(self.expanded["Resources"][name].get("Properties", {}).get("Path", "/"))
        return role(f"{path.strip('/')}/{self.name}-{name}-1".lstrip("/"))

    def of(self, kind):
        return {name: item["Properties"] for name, item in self.resources.items() if item["Type"] == kind}

    def identity_policies(self, name):
        """Of a role of the stack, or of one that exists already and has a policy of the stack attached."""
        made = self.of("AWS::IAM::Role").get(name, {})
        inline = [(policy["PolicyName"], policy["PolicyDocument"]) for policy in made.get("Policies", [])]
        attached = [
            (policy, properties["PolicyDocument"]) for policy, properties in self.of("AWS::IAM::ManagedPolicy").items()
            if name in properties.get("Roles", []) or self.known(policy, None) in made.get("ManagedPolicyArns", [])]
        foreign = set(made.get("ManagedPolicyArns", [])) - {self.known(policy, None) for policy, _ in attached}
        return [{"name": title, "policy": document} for title, document in inline + attached] + [
            {"name": "managed", "policy": EVERYTHING} for _ in foreign]

    def boundary(self, name):
        """The permissions boundary of a role of the stack; a policy that no stack makes allows everything. None without one."""
        boundary = self.of("AWS::IAM::Role").get(name, {}).get("PermissionsBoundary")
        made = {self.known(policy, None): properties["PolicyDocument"] for policy, properties in self.of("AWS::IAM::ManagedPolicy").items()}
        return made.get(boundary, EVERYTHING) if boundary else None

    def resource_policy(self, resource):
        """Of the bucket, object, key, role, topic, function or route with this ARN; None without one."""
        for policy in self.of("AWS::S3::BucketPolicy").values():
            if resource.split("/")[0] == f"arn:aws:s3:::{policy['Bucket']}":
                return policy["PolicyDocument"]
        if resource == THINGS["another key"]:
            return LEFT_TO_IAM
        for name, properties in self.of("AWS::KMS::Key").items():
            if resource == self.known(name, "Arn"):
                return properties["KeyPolicy"]
        for name, properties in self.of("AWS::IAM::Role").items():
            if resource == self.role(name):
                return properties["AssumeRolePolicyDocument"]
        for properties in self.of("AWS::SNS::TopicPolicy").values():
            if resource in properties["Topics"]:
                return properties["PolicyDocument"]
        for name, properties in self.of("AWS::ApiGateway::RestApi").items():
            prefix = arn("execute-api", self.known(name, None))
            if resource.startswith(f"{prefix}/"):
                return whole(properties["Body"]["x-amazon-apigateway-policy"], prefix)
        permissions = [statement(resource, item) for item in self.of("AWS::Lambda::Permission").values() if item["FunctionName"] == resource]
        return {"Version": "2012-10-17", "Statement": permissions} if permissions else None


def whole(policy, prefix):
    """With the ARN that API Gateway makes of execute-api:/stage/method/path."""
    return json.loads(json.dumps(policy).replace('"execute-api:/', f'"{prefix}/'))


def statement(resource, permission):
    """What Lambda makes of a permission."""
    conditions = {}
    if "SourceArn" in permission:
        conditions["ArnLike"] = {"AWS:SourceArn": permission["SourceArn"]}
    if "SourceAccount" in permission:
        conditions["StringEquals"] = {"AWS:SourceAccount": permission["SourceAccount"]}
    return {"Effect": "Allow", "Principal": {"Service": permission["Principal"]}, "Action": permission["Action"],
            "Resource": resource, **({"Condition": conditions} if conditions else {})}


@cache
def unchanged(path, setting):
    return Stack(path, read(path), setting)


def build(changed=None):
    """All stacks in both settings; changed: templates by path in the place of the files."""
    return {
        (setting, name): Stack(path, changed[path], setting) if path in (changed or {}) else unchanged(path, setting)
        for path, name in STACKS.items() for setting in ("least", "all")}


def api(name, route="GET/objects", stage="$default"):
    return arn("execute-api", f"{name}/{stage}/{route}")


def pipeline(name, kind="role"):
    return arn("iam", f"{kind}/s3lister-pipeline-{name}-1", "")


THINGS = {
    "the bucket": "arn:aws:s3:::sample-bucket",
    "an object": "arn:aws:s3:::sample-bucket/team-a/report.csv",
    "another bucket": "arn:aws:s3:::payroll",
    "an object elsewhere": "arn:aws:s3:::payroll/2026.csv",
    "the audit bucket": "arn:aws:s3:::data-auditbucket",
    "an access log": "arn:aws:s3:::data-auditbucket/s3/2026-11-23",
    "the data key": arn("kms", "key/DataKey"),
    "the log key": arn("kms", "key/LogKey"),
    "the guardrails' key": arn("kms", "key/Key"),
    "GET /objects": api("annotationshttpapi"),
    "GET /summary": api("annotationshttpapi", "GET/summary"),
    "GET /health": api("annotationshttpapi", "GET/health"),
    "GET /objects/x": api("annotationshttpapi", "GET/objects/x"),
    "DELETE /objects": api("annotationshttpapi", "DELETE/objects"),
    "GET /objects on a stage test": api("annotationshttpapi", stage="test"),
    "GET /objects of another API": api("payrollapi"),
    "GET /objects of the REST API": api("restapi", stage="live"),
    "GET /summary of the REST API": api("restapi", "GET/summary", "live"),
    "GET /health of the REST API": api("restapi", "GET/health", "live"),
    "DELETE /objects of the REST API": api("restapi", "DELETE/objects", "live"),
    "GET /objects of the REST API on a stage test": api("restapi", stage="test"),
    "the REST API's log key": arn("kms", "key/EdgeLogKey"),
    "the role for REST APIs' logs": role("edge-AccountLogRole-1"),
    "ListObjects:live": arn("lambda", "function:s3lister-ListObjects-1:live"),
    "Summary:live": arn("lambda", "function:s3lister-Summary-1:live"),
    "Health:live": arn("lambda", "function:s3lister-Health-1:live"),
    "another function": arn("lambda", "function:Payroll:live"),
    "ListObjects' log": arn("logs", "log-group:/s3lister/s3lister/ListObjects:log-stream:1"),
    "Summary's log": arn("logs", "log-group:/s3lister/s3lister/Summary:log-stream:1"),
    "Health's log": arn("logs", "log-group:/s3lister/s3lister/Health:log-stream:1"),
    "another log": arn("logs", "log-group:/payroll:log-stream:1"),
    "the caller role": role("s3lister/s3lister-CallerRole-1"),
    "ListObjects' role": role("s3lister/s3lister-ListObjectsRole-1"),
    "Summary's role": role("s3lister/s3lister-SummaryRole-1"),
    "the traffic role": role("s3lister/s3lister-TrafficRole-1"),
    "the trail's role": role("guardrails-TrailRole-1"),
    "an alarm": arn("cloudwatch", "alarm:any"),
    "any trace": "*",
    "any metric": "*",
    "the trail bucket": "arn:aws:s3:::guardrails-trailbucket",
    "a trail file": f"arn:aws:s3:::guardrails-trailbucket/AWSLogs/{ACCOUNT}/CloudTrail/us-east-1/1.json.gz",
    "another account's trail file": f"arn:aws:s3:::guardrails-trailbucket/AWSLogs/{OTHER}/1.json.gz",
    "the trail's log": arn("logs", "log-group:/aws/cloudtrail/guardrails:log-stream:1"),
    "the findings topic": arn("sns", "guardrails-findings"),
    "the probe": arn("lambda", "function:probe-Probe-1"),
    "the probe's log": arn("logs", "log-group:/s3lister/probe/Probe:log-stream:1"),
    "the probe's role": role("probe-ProbeRole-1"),
    "the schedule's role": role("probe-ScheduleRole-1"),
    "everything": "*",
    "an alarm in another region": arn("cloudwatch", "alarm:composite", "eu-central-1"),
    "GET /objects of the API abc123": api("abc123"),
    "GET /objects/x of the API abc123": api("abc123", "GET/objects/x"),
    "DELETE /objects of the API abc123": api("abc123", "DELETE/objects"),
    "GET /objects of the API abc123 on a stage other": api("abc123", stage="other"),
    "the artifact bucket": "arn:aws:s3:::s3lister-pipeline-artifactbucket",
    "a released package": "arn:aws:s3:::s3lister-pipeline-artifactbucket/lister/v1.0.0.zip",
    "a package of a pre-release": "arn:aws:s3:::s3lister-pipeline-artifactbucket/lister-pre/v1.0.1-alpha.0.1.zip",
    "an uploaded template": "arn:aws:s3:::s3lister-pipeline-artifactbucket/templates/a.template",
    "a package in another bucket": "arn:aws:s3:::another/lister/v1.0.0.zip",
    "the artifact key": arn("kms", "key/ArtifactKey"),
    "another key": arn("kms", "key/another"),
    **{name: pipeline(name) for name in PIPELINE_ROLES},
    **{name: pipeline(name, "policy") for name in ("RoleBoundary", "CloudFormationBoundary")},
}
# Resources that the table names by type and name: "function payroll".
BY_TYPE = {
    "alarm": ("cloudwatch", "alarm:{}"), "application": ("codedeploy", "application:{}"), "bucket": ("s3", "{}", "", ""),
    "deploymentgroup": ("codedeploy", "deploymentgroup:{}"), "function": ("lambda", "function:{}"), "log-group": ("logs", "log-group:{}"),
    "policy": ("iam", "policy/{}", ""), "role": ("iam", "role/{}", ""), "stack": ("cloudformation", "stack/{}/1"),
    "user": ("iam", "user/{}", ""), "userpool": ("cognito-idp", "userpool/{}"),
}


def thing(name):
    """The ARN of what the table names."""
    if name in THINGS:
        return THINGS[name]
    kind, _, rest = name.partition(" ")
    service, form, *place = BY_TYPE[kind]
    return arn(service, form.format(rest), *place)


# Roles with every right that IAM can give, so that only the policies of the stacks hold them back.
MIGHTY = {
    "an administrator": role("administrator"), "the deployment role": role("deployment"), "a reader": role("reader"),
    "a writer": role("writer"), "a power user": role("power"), "the root user": arn("iam", "root", ""),
    # Of the inventory's stack, which is not one of these: only what its role is called says that it may list.
    "the inventory": role("s3lister-inventory/s3lister-inventory-InventoryExportRole-1"),
    "the inventory's planner": role("s3lister-inventory/s3lister-inventory-InventoryPlanRole-1"),
    "another role on the service's path": role("s3lister/s3lister-Another-1"),
    "a role called as ListObjects' is": role("s3lister-ListObjectsRole-1"),
    "a role called as ListObjects' is, elsewhere": role("s3lister/s3lister-ListObjectsRole-1", OTHER),
    "a batch job": role("batch"), "a stranger": role("stranger", OTHER),
}
OF_THE_STACKS = {
    "ListObjects": "ListObjectsRole", "Summary": "SummaryRole", "Health": "HealthRole", "CodeDeploy's role": "TrafficRole",
    "the caller role": "CallerRole", "an invoker": "invoker", "CloudTrail's role": "TrailRole",
    "API Gateway's role": "AccountLogRole", "Grafana": "WorkspaceRole", "the probe": "ProbeRole", "the schedule": "ScheduleRole",
    **{name: name for name in PIPELINE_ROLES},
}
SERVICES = {
    "Lambda": "lambda.amazonaws.com", "CodeDeploy": "codedeploy.amazonaws.com", "API Gateway": "apigateway.amazonaws.com",
    "CloudWatch Logs": f"logs.{REGION}.amazonaws.com", "CloudTrail": "cloudtrail.amazonaws.com",
    "EventBridge": "events.amazonaws.com", "S3's logging": "logging.s3.amazonaws.com", "EC2": "ec2.amazonaws.com",
    "Scheduler": "scheduler.amazonaws.com", "GitHub": arn("iam", f"oidc-provider/{GITHUB}", ""),
}
TRAIL = arn("cloudtrail", "trail/guardrails")
SITUATIONS = {
    "for the probe's group": {"aws:SourceArn": arn("scheduler", "schedule-group/probe"), "aws:SourceAccount": ACCOUNT},
    "for another group": {"aws:SourceArn": arn("scheduler", "schedule-group/payroll"), "aws:SourceAccount": ACCOUNT},
    "for another account's group": {"aws:SourceArn": arn("scheduler", "schedule-group/probe", account=OTHER), "aws:SourceAccount": OTHER},
    "plain HTTP": {"aws:SecureTransport": "false"},
    "TLS 1.1": {"s3:TlsVersion": "1.1"},
    "prefix team-a/": {"s3:prefix": "team-a/"},
    "prefix team-b/": {"s3:prefix": "team-b/"},
    "one key": {"s3:max-keys": "1"},
    "1000 keys": {"s3:max-keys": "1000"},
    "through S3": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"},
    "its external id": {"sts:ExternalId": "partner-42"},
    "another external id": {"sts:ExternalId": "guess"},
    "from the API": {"aws:SourceArn": api("annotationshttpapi"), "aws:SourceAccount": ACCOUNT},
    "from GET /summary": {"aws:SourceArn": api("annotationshttpapi", "GET/summary"), "aws:SourceAccount": ACCOUNT},
    "from the token API": {"aws:SourceArn": api("tokenapi"), "aws:SourceAccount": ACCOUNT},
    "from the REST API": {"aws:SourceArn": api("restapi", stage="live"), "aws:SourceAccount": ACCOUNT},
    "from GET /health of the REST API": {"aws:SourceArn": api("restapi", "GET/health", "live"), "aws:SourceAccount": ACCOUNT},
    "from the REST API's stage test": {"aws:SourceArn": api("restapi", stage="test"), "aws:SourceAccount": ACCOUNT},
    "through the endpoint": {"aws:SourceVpce": "vpce-0123456789abcdef0"},
    "through the other endpoint": {"aws:SourceVpce": "vpce-0fedcba9876543210"},
    "through somebody's endpoint": {"aws:SourceVpce": "vpce-00000000000000000"},
    "for the REST API's log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/aws/vendedlogs/s3lister/edge/access")},
    "for its execution log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:API-Gateway-Execution-Logs_restapi/live")},
    "for its firewall's log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:aws-waf-logs-s3lister-edge")},
    "from another API": {"aws:SourceArn": api("payrollapi"), "aws:SourceAccount": ACCOUNT},
    "for ListObjects' log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/s3lister/s3lister/ListObjects")},
    "for the token API's log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/aws/vendedlogs/s3lister/s3lister/tokens")},
    "for the API's log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/aws/vendedlogs/s3lister/s3lister/access")},
    "for the trail's log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/aws/cloudtrail/guardrails")},
    "for another log": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/payroll")},
    "for the trail": {"aws:SourceArn": TRAIL, "s3:x-amz-acl": "bucket-owner-full-control"},
    "for the trail, owned by another": {"aws:SourceArn": TRAIL, "s3:x-amz-acl": "private"},
    "for another trail": {"aws:SourceArn": arn("cloudtrail", "trail/other", account=OTHER), "s3:x-amz-acl": "bucket-owner-full-control"},
    "for the bucket": {"aws:SourceArn": "arn:aws:s3:::sample-bucket", "aws:SourceAccount": ACCOUNT},
    "for a bucket elsewhere": {"aws:SourceArn": "arn:aws:s3:::sample-bucket", "aws:SourceAccount": OTHER},
    "for the findings topic": {"kms:EncryptionContext:aws:sns:topicArn": arn("sns", "guardrails-findings")},
    "for another topic": {"kms:EncryptionContext:aws:sns:topicArn": arn("sns", "payroll")},
    "for an AWS resource": {"kms:GrantIsForAWSResource": "true"},
    "for itself": {"kms:GrantIsForAWSResource": "false"},
    "with the boundary": {"iam:PermissionsBoundary": pipeline("RoleBoundary", "policy")},
}
CLAIMS = {name: f"{GITHUB}:{name}" for name in ("sub", "aud", "job_workflow_ref")}
LISTS = {"aws:TagKeys", "cloudformation:ImportResourceTypes"}


def situation(text):
    """The condition keys that it sets: by a name, or as KEY=VALUE, where a claim of GitHub's token has its short name. None for neither."""
    if text in SITUATIONS:
        return SITUATIONS[text]
    key, equals, value = text.partition("=")
    return {CLAIMS.get(key, key): value.split(",") if key in LISTS else value} if equals else None
