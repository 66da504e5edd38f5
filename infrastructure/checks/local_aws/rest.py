"""API Gateway's REST APIs, and AWS WAF in front of them."""
import json

from local_aws.resource import ACCOUNT, Resource, kind, lower, pick


def numbers(value):
    """Numbers, which come as text from parameters."""
    if isinstance(value, dict):
        return {name: numbers(item) for name, item in value.items()}
    return float(value) if isinstance(value, str) and value.replace(".", "", 1).isdigit() else value


def flag(value):
    return str(value).lower() == "true"


@kind("AWS::ApiGateway::RestApi", "Name")
class RestApi(Resource):
    """Routes, their authorization and the policy are those of the OpenAPI document."""
    service = "apigateway"

    def make(self):
        body, endpoint = self.properties["Body"], self.properties["EndpointConfiguration"]
        made = self.api.create_rest_api(
            name=self.name, endpointConfiguration={"types": endpoint["Types"]}, policy=json.dumps(body["x-amazon-apigateway-policy"]),
            binaryMediaTypes=body["x-amazon-apigateway-binary-media-types"], apiKeySource=body["x-amazon-apigateway-api-key-source"])
        self.physical_resource_id = made["id"]
        self.add_methods(body)

    def change(self):
        body, api = self.properties["Body"], {"restApiId": self.physical_resource_id}
        for item in self.api.get_resources(**api)["items"]:
            if item["path"] != "/":
                self.api.delete_resource(**api, resourceId=item["id"])
        self.add_methods(body)
        self.api.update_rest_api(**api, patchOperations=[
            {"op": "replace", "path": "/policy", "value": json.dumps(body["x-amazon-apigateway-policy"])}])

    def add_methods(self, body):
        api, schemes = {"restApiId": self.physical_resource_id}, body["components"]["securitySchemes"]
        root = self.attribute("RootResourceId")
        for path, methods in body["paths"].items():
            resource = self.api.create_resource(**api, parentId=root, pathPart=path.strip("/"))["id"]
            for method, operation in methods.items():
                asked = [schemes[name] for item in operation["security"] for name in item]
                signed = any(scheme.get("x-amazon-apigateway-authtype") == "awsSigv4" for scheme in asked)
                place = {**api, "resourceId": resource, "httpMethod": method.upper()}
                self.api.put_method(
                    **place, authorizationType="AWS_IAM" if signed else "NONE",
                    apiKeyRequired=any(scheme["name"] == "x-api-key" for scheme in asked))
                integration = operation["x-amazon-apigateway-integration"]
                self.api.put_integration(
                    **place, type="AWS_PROXY", integrationHttpMethod=integration["httpMethod"], uri=integration["uri"])

    def end(self):
        self.api.delete_rest_api(restApiId=self.physical_resource_id)

    def attribute(self, name):
        items = self.api.get_resources(restApiId=self.physical_resource_id)["items"]
        return next(item["id"] for item in items if item["path"] == "/")


@kind("AWS::ApiGateway::Deployment")
class Deployment(Resource):
    service = "apigateway"

    def make(self):
        self.physical_resource_id = self.api.create_deployment(restApiId=self.properties["RestApiId"])["id"]

    def change(self):
        """Only its description can."""

    def end(self):
        api = {"restApiId": self.properties["RestApiId"]}
        for stage in self.api.get_stages(**api)["item"]:
            if stage["deploymentId"] == self.physical_resource_id:
                raise ValueError(f"Active stages pointing to this deployment must be moved or deleted: {stage['stageName']}")
        self.api.delete_deployment(**api, deploymentId=self.physical_resource_id)


@kind("AWS::ApiGateway::Stage")
class Stage(Resource):
    service = "apigateway"

    def make(self):
        paths = {item["path"] for item in self.api.get_resources(restApiId=self.properties["RestApiId"])["items"]} | {"/*"}
        for setting in self.properties["MethodSettings"]:
            if setting["ResourcePath"] not in paths:
                raise ValueError(f"Invalid stage identifier specified: no method {setting['ResourcePath']}")
        size = {"cacheClusterSize": self.properties["CacheClusterSize"]} if "CacheClusterSize" in self.properties else {}
        self.api.create_stage(
            restApiId=self.properties["RestApiId"], stageName=self.properties["StageName"], deploymentId=self.properties["DeploymentId"],
            cacheClusterEnabled=flag(self.properties["CacheClusterEnabled"]), tracingEnabled=flag(self.properties["TracingEnabled"]),
            variables=self.properties.get("Variables", {}), **size)
        self.physical_resource_id = self.properties["StageName"]

    def end(self):
        self.api.delete_stage(restApiId=self.properties["RestApiId"], stageName=self.properties["StageName"])


@kind("AWS::ApiGateway::UsagePlan", "UsagePlanName")
class UsagePlan(Resource):
    service = "apigateway"

    def make(self):
        parts = {name: numbers(part) for name, part in pick(self.properties, "Throttle", "Quota").items()}
        for part, names in (("Throttle", ("BurstLimit",)), ("Quota", ("Limit",))):
            for name in names:
                parts[part][name] = int(parts[part][name])
        made = self.api.create_usage_plan(
            name=self.name, apiStages=[lower(item) for item in self.properties["ApiStages"]], **lower(parts))
        self.physical_resource_id = made["id"]

    def change(self):
        """What it limits changes in place, and its keys stay."""

    def end(self):
        self.api.delete_usage_plan(usagePlanId=self.physical_resource_id)


@kind("AWS::ApiGateway::ApiKey", "Name")
class ApiKey(Resource):
    service = "apigateway"

    def make(self):
        self.physical_resource_id = self.api.create_api_key(name=self.name, enabled=flag(self.properties["Enabled"]))["id"]

    def end(self):
        self.api.delete_api_key(apiKey=self.physical_resource_id)


@kind("AWS::ApiGateway::UsagePlanKey")
class UsagePlanKey(Resource):
    service = "apigateway"

    def make(self):
        self.api.create_usage_plan_key(**lower(self.properties))

    def end(self):
        self.api.delete_usage_plan_key(**lower(pick(self.properties, "UsagePlanId", "KeyId")))


@kind("AWS::ApiGateway::DomainName", "DomainName")
class DomainName(Resource):
    service = "apigateway"

    def make(self):
        self.api.create_domain_name(**lower(pick(
            self.properties, "DomainName", "RegionalCertificateArn", "SecurityPolicy", "EndpointConfiguration", "MutualTlsAuthentication",
            "OwnershipVerificationCertificateArn")))
        self.physical_resource_id = self.properties["DomainName"]

    def change(self):
        """Certificate and truststore change in place."""

    def end(self):
        self.api.delete_domain_name(domainName=self.physical_resource_id)

    def attribute(self, name):
        return {"RegionalHostedZoneId": "Z1UJRXOUMOOFQ8"}.get(name, f"d-a1b2c3d4e5.execute-api.{self.region}.amazonaws.com")


@kind("AWS::ApiGateway::BasePathMapping")
class BasePathMapping(Resource):
    service = "apigateway"

    def make(self):
        self.api.create_base_path_mapping(**lower(self.properties))

    def end(self):
        self.api.delete_base_path_mapping(domainName=self.properties["DomainName"], basePath="(none)")


@kind("AWS::WAFv2::WebACL", "Name")
class WebAcl(Resource):
    service = "wafv2"

    def settings(self):
        rules = json.loads(json.dumps(self.properties["Rules"]))
        for rule in rules:
            rule["Priority"] = int(rule["Priority"])
            if rate := rule["Statement"].get("RateBasedStatement"):
                rate |= {"Limit": int(rate["Limit"]), "EvaluationWindowSec": int(rate["EvaluationWindowSec"])}
        return {"Rules": visible(rules), **visible(pick(self.properties, "Scope", "DefaultAction", "VisibilityConfig"))}

    def make(self):
        made = self.api.create_web_acl(Name=self.name, **self.settings())["Summary"]
        self.id, self.arn = made["Id"], made["ARN"]
        self.physical_resource_id = f"{self.name}|{self.id}|REGIONAL"

    def change(self):
        self.api.update_web_acl(Name=self.name, Id=self.id, LockToken=self.lock(), **self.settings())

    def lock(self):
        return self.api.get_web_acl(Name=self.name, Id=self.id, Scope="REGIONAL")["LockToken"]

    def end(self):
        self.api.delete_web_acl(Name=self.name, Id=self.id, Scope="REGIONAL", LockToken=self.lock())

    def attribute(self, name):
        return self.arn


def visible(node):
    """With the flags of visibility as flags."""
    if isinstance(node, list):
        return [visible(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {name: flag(item) if name in ("CloudWatchMetricsEnabled", "SampledRequestsEnabled") else visible(item) for name, item in node.items()}


@kind("AWS::WAFv2::WebACLAssociation")
class WebAclAssociation(Resource):
    service = "wafv2"

    def make(self):
        self.api.associate_web_acl(WebACLArn=self.properties["WebACLArn"], ResourceArn=self.properties["ResourceArn"])

    def end(self):
        self.api.disassociate_web_acl(ResourceArn=self.properties["ResourceArn"])


@kind("AWS::WAFv2::LoggingConfiguration")
class LoggingConfiguration(Resource):
    service = "wafv2"

    def make(self):
        for destination in self.properties["LogDestinationConfigs"]:
            group = destination.split(":log-group:")[1]
            if not group.startswith("aws-waf-logs-") or f":{ACCOUNT}:" not in destination:
                raise ValueError(f"WAF writes to no log group {group}")
        self.api.put_logging_configuration(LoggingConfiguration=pick(
            self.properties, "ResourceArn", "LogDestinationConfigs", "RedactedFields", "LoggingFilter"))

    change = make

    def end(self):
        self.api.delete_logging_configuration(ResourceArn=self.properties["ResourceArn"])
