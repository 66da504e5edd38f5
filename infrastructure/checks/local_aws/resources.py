"""The resources of the stacks.

A resource is recorded with its properties. Only what the rehearsed commands read elsewhere is also made in another service, and only
the failures that CloudFormation would meet halfway are imitated.
"""
import base64
import hashlib
import json
import re
import secrets

import boto3
from botocore.config import Config

ACCOUNT, REGION = "123456789012", "us-east-1"
KINDS = {}
EXISTING = {}  # every resource by type and physical id, with those that a deletion kept
ORIGIN = ""  # set when the server is up

# The property that names a resource whose name is unique in the account; CloudFormation makes up the others' names.
NAMES = {
    "AWS::ApiGateway::DomainName": "DomainName", "AWS::ApiGatewayV2::DomainName": "DomainName", "AWS::CloudTrail::Trail": "TrailName",
    "AWS::CloudWatch::CompositeAlarm": "AlarmName", "AWS::CloudWatch::Dashboard": "DashboardName", "AWS::CloudWatch::InsightRule": "RuleName",
    "AWS::Cognito::UserPoolDomain": "Domain", "AWS::Logs::LogGroup": "LogGroupName", "AWS::Logs::ResourcePolicy": "PolicyName",
    "AWS::OpenSearchServerless::Collection": "Name", "AWS::S3::Bucket": "BucketName", "AWS::SNS::Topic": "TopicName",
    "AWS::Scheduler::ScheduleGroup": "Name",
}
ARNS = {
    "AWS::CloudTrail::Trail": "arn:aws:cloudtrail:{region}:{account}:trail/{name}", "AWS::IAM::Role": "arn:aws:iam::{account}:role{path}{name}",
    "AWS::CloudWatch::Alarm": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}", "AWS::KMS::Key": "arn:aws:kms:{region}:{account}:key/{name}",
    "AWS::CloudWatch::CompositeAlarm": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}", "AWS::S3::Bucket": "arn:aws:s3:::{name}",
    "AWS::IAM::ManagedPolicy": "arn:aws:iam::{account}:policy{path}{name}", "AWS::Lambda::Function": "arn:aws:lambda:{region}:{account}:function:{name}",
    "AWS::Logs::LogGroup": "arn:aws:logs:{region}:{account}:log-group:{name}:*",
}
REFERRED_TO_BY_ARN = {"AWS::IAM::ManagedPolicy", "AWS::SNS::Topic"}
ENDPOINTS = {
    "ApiEndpoint": "https://{name}.execute-api.{region}.amazonaws.com", "RegionalDomainName": "d-a1b2c3d4e5.execute-api.{region}.amazonaws.com",
    "RegionalHostedZoneId": "Z1UJRXOUMOOFQ8",
}


def client(service):
    return boto3.client(
        service, region_name=REGION, endpoint_url=ORIGIN, aws_access_key_id="stack", aws_secret_access_key="stack",
        config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}))


def kind(cloudformation_type):
    def register(cls):
        KINDS[cloudformation_type] = cls
        return cls
    return register


def of(cloudformation_type):
    return [resource for resource in list(EXISTING.values()) if resource.type == cloudformation_type]


class Resource:
    """Derived classes say what else making it, changing it and ending it means."""

    def __init__(self, stack, logical_id, item):
        self.stack, self.logical_id, self.type = stack, logical_id, item["Type"]
        self.properties, self.update_policy = item.get("Properties", {}), item.get("UpdatePolicy", {})
        self.name = self.properties.get(NAMES.get(self.type)) or self.made_up_name()
        self.physical_id = self.arn() if self.type in REFERRED_TO_BY_ARN else self.name

    def made_up_name(self):
        return f"{self.stack}-{self.logical_id}-{secrets.token_hex(6)}"

    def create(self):
        if (self.type, self.physical_id) in EXISTING:
            raise ValueError(f"{self.physical_id} already exists")
        self.make()
        EXISTING[self.type, self.physical_id] = self

    def update(self, item):
        self.properties, self.update_policy = item.get("Properties", {}), item.get("UpdatePolicy", {})
        self.change()

    def delete(self):
        self.end()
        EXISTING.pop((self.type, self.physical_id), None)

    def make(self):
        """May set physical_id."""

    def change(self):
        """Nothing where the properties are all there is."""

    def end(self):
        """Nothing where the properties are all there is."""

    def fill(self, pattern):
        return pattern.format(account=ACCOUNT, region=REGION, name=self.name, path=self.properties.get("Path", "/"))

    def arn(self):
        return self.fill(ARNS.get(self.type, f"arn:aws:{self.type.split('::')[1].lower()}:{{region}}:{{account}}:{{name}}"))

    def attribute(self, name):
        if name == "Arn":
            return self.arn()
        return self.fill(ENDPOINTS[name]) if name in ENDPOINTS else f"{self.physical_id}-{name.lower()}"


@kind("AWS::S3::Bucket")
class Bucket(Resource):
    def made_up_name(self):
        return super().made_up_name().lower()

    def make(self):
        client("s3").create_bucket(Bucket=self.name)

    def end(self):
        client("s3").delete_bucket(Bucket=self.name)


@kind("AWS::S3::BucketPolicy")
class BucketPolicy(Resource):
    def made_up_name(self):
        return self.properties["Bucket"]

    def make(self):
        client("s3").put_bucket_policy(Bucket=self.name, Policy=json.dumps(self.properties["PolicyDocument"]))

    change = make

    def end(self):
        client("s3").delete_bucket_policy(Bucket=self.name)


@kind("AWS::KMS::Key")
class Key(Resource):
    def make(self):
        self.physical_id = self.name = client("kms").create_key(Policy=json.dumps(self.properties["KeyPolicy"]))["KeyMetadata"]["KeyId"]

    def change(self):
        client("kms").put_key_policy(KeyId=self.name, PolicyName="default", Policy=json.dumps(self.properties["KeyPolicy"]))

    def end(self):
        client("kms").schedule_key_deletion(KeyId=self.name)


@kind("AWS::CloudWatch::Alarm")
class Alarm(Resource):
    """Only its state matters here: nothing evaluates it."""

    def make(self):
        client("cloudwatch").put_metric_alarm(
            AlarmName=self.name, ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=1, Threshold=1, Namespace="any", MetricName="any",
            Period=60, Statistic="Sum")

    def end(self):
        client("cloudwatch").delete_alarms(AlarmNames=[self.name])


@kind("AWS::CloudWatch::CompositeAlarm")
class CompositeAlarm(Resource):
    def make(self):
        known = {alarm.name for alarm in of("AWS::CloudWatch::Alarm") + of("AWS::CloudWatch::CompositeAlarm")}
        for name in re.findall(r'(?:ALARM|OK|INSUFFICIENT_DATA)\("?([^")]+)"?\)', self.properties["AlarmRule"]):
            if name.rsplit(":", 1)[-1] not in known:
                raise ValueError(f"The composite alarm {self.name} names the unknown alarm {name}")

    change = make


@kind("AWS::GuardDuty::Detector")
class Detector(Resource):
    def make(self):
        if client("guardduty").list_detectors()["DetectorIds"]:
            raise ValueError("The request is rejected because a detector already exists for the current account")
        self.physical_id = client("guardduty").create_detector(Enable=True)["DetectorId"]

    def end(self):
        client("guardduty").delete_detector(DetectorId=self.physical_id)


@kind("AWS::Cognito::UserPool")
class UserPool(Resource):
    def make(self):
        self.physical_id = client("cognito-idp").create_user_pool(PoolName=self.name)["UserPool"]["Id"]

    def end(self):
        client("cognito-idp").delete_user_pool(UserPoolId=self.physical_id)


@kind("AWS::ApiGateway::UsagePlan")
class UsagePlan(Resource):
    def make(self):
        self.physical_id = client("apigateway").create_usage_plan(name=self.name)["id"]

    def end(self):
        client("apigateway").delete_usage_plan(usagePlanId=self.physical_id)


@kind("AWS::ApiGatewayV2::Api")
@kind("AWS::ApiGateway::RestApi")
class Api(Resource):
    def made_up_name(self):
        return secrets.token_hex(5)


@kind("AWS::ApiGatewayV2::Stage")
class HttpStage(Resource):
    def make(self):
        api = self.properties["ApiId"]
        routes = {f"{method.upper()} {path}" for path, methods in EXISTING["AWS::ApiGatewayV2::Api", api].properties.get("Body", {}).get("paths", {}).items()
                  for method in methods}
        routes |= {route.properties["RouteKey"] for route in of("AWS::ApiGatewayV2::Route") if route.properties["ApiId"] == api}
        if unknown := self.properties.get("RouteSettings", {}).keys() - routes:
            raise ValueError(f"Unable to find Route by key {sorted(unknown)} within the provided RouteSettings")

    change = make


@kind("AWS::ApiGateway::Stage")
class RestStage(Resource):
    def make(self):
        paths = {*EXISTING["AWS::ApiGateway::RestApi", self.properties["RestApiId"]].properties["Body"]["paths"], "/*"}
        if unknown := {setting["ResourcePath"] for setting in self.properties["MethodSettings"]} - paths:
            raise ValueError(f"Invalid stage identifier specified: no method {sorted(unknown)}")

    change = make


@kind("AWS::ApiGateway::Deployment")
class Deployment(Resource):
    def end(self):
        if any(stage.properties["DeploymentId"] == self.physical_id for stage in of("AWS::ApiGateway::Stage")):
            raise ValueError("Active stages pointing to this deployment must be moved or deleted")


@kind("AWS::WAFv2::LoggingConfiguration")
class FirewallLog(Resource):
    def make(self):
        for destination in self.properties["LogDestinationConfigs"]:
            if not re.search(rf":{ACCOUNT}:log-group:aws-waf-logs-", destination):
                raise ValueError(f"WAF cannot write to {destination}")

    change = make


@kind("AWS::Lambda::Function")
class Function(Resource):
    """With its versions, and the aliases by name."""

    def make(self):
        self.versions, self.aliases = [], {}
        self.change()

    def change(self):
        code = self.properties["Code"]
        content = client("s3").get_object(Bucket=code["S3Bucket"], Key=code["S3Key"])["Body"].read() if "S3Key" in code else code["ZipFile"].encode()
        self.sha256 = base64.b64encode(hashlib.sha256(content).digest()).decode()

    def end(self):
        for version in of("AWS::Lambda::Version"):
            if version.properties["FunctionName"] == self.name:
                EXISTING.pop((version.type, version.physical_id))

    def configuration(self):
        variables = self.properties.get("Environment", {}).get("Variables", {})
        chosen = {name: self.properties[name] for name in ("Handler", "Runtime", "Role", "LoggingConfig") if name in self.properties}
        return {
            **chosen, "FunctionName": self.name, "FunctionArn": self.arn(), "CodeSha256": self.sha256, "Version": "$LATEST",
            "MemorySize": int(self.properties.get("MemorySize", 128)), "Timeout": int(self.properties.get("Timeout", 3)),
            "Environment": {"Variables": {name: str(value) for name, value in variables.items()}},
            "Architectures": self.properties.get("Architectures", ["x86_64"]),
            "TracingConfig": self.properties.get("TracingConfig", {"Mode": "PassThrough"}),
        }

    def at(self, qualifier):
        """The configuration of a version, or of the version of an alias."""
        number = self.aliases.get(qualifier, qualifier)
        return self.versions[int(number) - 1] if number != "$LATEST" else self.configuration()


def function(name):
    return EXISTING["AWS::Lambda::Function", name]


@kind("AWS::Lambda::Version")
class Version(Resource):
    def make(self):
        """Lambda publishes nothing when code and configuration are those of the version before, and then CloudFormation fails."""
        of_function = function(self.properties["FunctionName"])
        now, published = of_function.configuration(), of_function.versions
        if published and {**published[-1], "Version": "$LATEST"} == now:
            raise ValueError(f"A version for this Lambda function exists ( {len(published)} ). Modify the function to create a new version.")
        self.number = str(len(published) + 1)
        published.append({**now, "Version": self.number})
        self.physical_id = f"{of_function.arn()}:{self.number}"

    def attribute(self, name):
        return self.number


@kind("AWS::Lambda::Alias")
class Alias(Resource):
    def made_up_name(self):
        return f"{function(self.properties['FunctionName']).arn()}:{self.properties['Name']}"

    def make(self):
        function(self.properties["FunctionName"]).aliases[self.properties["Name"]] = str(self.properties["FunctionVersion"])

    def change(self):
        """CodeDeploy stops at an alarm of its deployment group; the traffic between the versions is not imitated."""
        if through := self.update_policy.get("CodeDeployLambdaAliasUpdate"):
            group = EXISTING["AWS::CodeDeploy::DeploymentGroup", through["DeploymentGroupName"]].properties
            names = [alarm["Name"] for alarm in group.get("AlarmConfiguration", {}).get("Alarms", [])]
            found = client("cloudwatch").describe_alarms(AlarmNames=names)["MetricAlarms"] if names else []
            if loud := [alarm["AlarmName"] for alarm in found if alarm["StateValue"] == "ALARM"]:
                raise ValueError(f"CodeDeploy stopped the deployment: {loud} in ALARM")
        self.make()


def create(stack, logical_id, item):
    made = KINDS.get(item["Type"], Resource)(stack, logical_id, item)
    made.create()
    return made
