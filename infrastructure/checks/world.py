"""The account in which the policies of the templates are tried: who and what there is, and which policy each has."""
import json
from functools import cache

import sam
from render import Rendering
from templates import HERE, read, settings

ACCOUNT, REGION = "123456789012", "us-east-1"
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
GITHUB = "token.actions.githubusercontent.com"
# The names in policies.table. Principals with all permissions of IAM are held back by the policies of the stacks only.
NAMES = json.loads((HERE / "policies.json").read_text(encoding="utf-8"))


def arn(service, rest, region=REGION, account=ACCOUNT):
    return f"arn:aws:{service}:{region}:{account}:{rest}"


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
        return arn("iam", f"role{path}{self.name}-{name}-1", "")

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
        if resource == NAMES["resources"]["another key"]:
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


# Resources that the table names by type and name: "function payroll".
BY_TYPE = {
    "alarm": ("cloudwatch", "alarm:{}"), "application": ("codedeploy", "application:{}"), "bucket": ("s3", "{}", "", ""),
    "deploymentgroup": ("codedeploy", "deploymentgroup:{}"), "function": ("lambda", "function:{}"), "log-group": ("logs", "log-group:{}"),
    "policy": ("iam", "policy/{}", ""), "role": ("iam", "role/{}", ""), "stack": ("cloudformation", "stack/{}/1"),
    "user": ("iam", "user/{}", ""), "userpool": ("cognito-idp", "userpool/{}"),
}


def resource(name):
    """The ARN of what the table names."""
    if name in NAMES["resources"]:
        return NAMES["resources"][name]
    kind, _, rest = name.partition(" ")
    service, form, *place = BY_TYPE[kind]
    return arn(service, form.format(rest), *place)


CLAIMS = {name: f"{GITHUB}:{name}" for name in ("sub", "aud", "job_workflow_ref")}
LISTS = {"aws:TagKeys", "cloudformation:ImportResourceTypes"}


def situation(text):
    """The condition keys that it sets: by a name, or as KEY=VALUE, where a claim of GitHub's token has its short name. None for neither."""
    if text in NAMES["situations"]:
        return NAMES["situations"][text]
    key, equals, value = text.partition("=")
    return {CLAIMS.get(key, key): value.split(",") if key in LISTS else value} if equals else None
