"""Lambda, API Gateway's HTTP APIs and CodeDeploy."""
from moto.awslambda.models import LambdaFunction

from local_aws.resource import ACCOUNT, Resource, client, kind, lower, pick

CONFIGURATION = ("Role", "Handler", "Runtime", "MemorySize", "Timeout", "Environment", "LoggingConfig", "TracingConfig", "Description")


def install():
    """Has moto keep a function's log format and level, and a change of its traces, which it takes and forgets. Once."""
    init, update, configuration = LambdaFunction.__init__, LambdaFunction.update_configuration, LambdaFunction.get_configuration

    def made(self, *arguments, **named):
        init(self, *arguments, **named)
        keep(self, named["spec"] if "spec" in named else arguments[1])

    def updated(self, changes):
        keep(self, changes)
        return update(self, changes)

    def keep(self, changes):
        self.logging_config = changes.get("LoggingConfig", getattr(self, "logging_config", {}))
        self.tracing_config = changes.get("TracingConfig", self.tracing_config)

    LambdaFunction.__init__, LambdaFunction.update_configuration = made, updated
    LambdaFunction.get_configuration = lambda self, on_create=False: {**configuration(self, on_create), "LoggingConfig": self.logging_config}


@kind("AWS::Lambda::Function", "FunctionName")
class Function(Resource):
    service = "lambda"

    def configuration(self):
        changed = pick(self.properties, *CONFIGURATION)
        for number in ("MemorySize", "Timeout"):
            if number in changed:
                changed[number] = int(changed[number])
        if "Environment" in changed:
            variables = changed["Environment"].get("Variables", {})
            changed["Environment"] = {"Variables": {name: str(value) for name, value in variables.items()}}
        return changed

    def make(self):
        self.api.create_function(
            FunctionName=self.name, Code=self.properties["Code"], **self.configuration(), **pick(self.properties, "Architectures"))
        self.reserve()

    def change(self):
        self.api.update_function_code(FunctionName=self.name, **self.properties["Code"])
        self.api.update_function_configuration(FunctionName=self.name, **self.configuration())
        self.reserve()

    def reserve(self):
        reserved = self.properties.get("ReservedConcurrentExecutions")
        if reserved is None:
            self.api.delete_function_concurrency(FunctionName=self.name)
        else:
            self.api.put_function_concurrency(FunctionName=self.name, ReservedConcurrentExecutions=int(reserved))

    def end(self):
        self.api.delete_function(FunctionName=self.name)

    def attribute(self, name):
        return f"arn:aws:lambda:{self.region}:{ACCOUNT}:function:{self.name}"


@kind("AWS::Lambda::Version")
class Version(Resource):
    service = "lambda"

    def make(self):
        self.refuse_unchanged()
        made = self.api.publish_version(FunctionName=self.properties["FunctionName"])
        self.number, self.physical_resource_id = made["Version"], made["FunctionArn"]

    def refuse_unchanged(self):
        """Lambda publishes nothing when code and configuration are those of the version before, and CloudFormation fails then."""
        name = self.properties["FunctionName"]
        *_, newest = self.api.list_versions_by_function(FunctionName=name)["Versions"]
        if newest["Version"] == "$LATEST":
            return
        now, then = (pick(self.api.get_function_configuration(FunctionName=name, **of), "CodeSha256", *CONFIGURATION)
                     for of in ({}, {"Qualifier": newest["Version"]}))
        if now == then:
            raise ValueError(f"A version for this Lambda function exists ( {newest['Version']} ). Modify the function to create a new version.")

    def change(self):
        """A version never changes."""

    def attribute(self, name):
        return self.number


@kind("AWS::Lambda::Alias")
class Alias(Resource):
    service = "lambda"

    def target(self):
        return {**pick(self.properties, "FunctionName", "Name"), "FunctionVersion": str(self.properties["FunctionVersion"])}

    def make(self):
        self.physical_resource_id = self.api.create_alias(**self.target())["AliasArn"]

    def change(self):
        self.shift_traffic()
        self.api.update_alias(**self.target())

    def shift_traffic(self):
        """CodeDeploy stops at an alarm of its deployment group; how much traffic goes where meanwhile is not shown."""
        through = self.update_policy.get("CodeDeployLambdaAliasUpdate")
        if not through:
            return
        group = DeploymentGroup.present[through["ApplicationName"], through["DeploymentGroupName"]]
        alarms = [alarm["Name"] for alarm in group.get("AlarmConfiguration", {}).get("Alarms", [])]
        loud = [] if not alarms else [
            alarm["AlarmName"] for alarm in client("cloudwatch", self.region).describe_alarms(AlarmNames=alarms)["MetricAlarms"]
            if alarm["StateValue"] == "ALARM"]
        if loud:
            raise ValueError(f"CodeDeploy stopped the deployment: {loud} in ALARM")

    def end(self):
        self.api.delete_alias(**pick(self.properties, "FunctionName", "Name"))

    def attribute(self, name):
        return self.physical_resource_id


@kind("AWS::Lambda::Permission")
class Permission(Resource):
    service = "lambda"

    def target(self):
        parts = self.properties["FunctionName"].split(":")
        name = {"FunctionName": parts[6] if len(parts) > 6 else parts[0], "StatementId": self.name}
        return {**name, "Qualifier": parts[7]} if len(parts) == 8 else name

    def make(self):
        self.api.add_permission(**self.target(), **pick(self.properties, "Action", "Principal", "SourceArn", "SourceAccount"))

    def end(self):
        self.api.remove_permission(**self.target())


@kind("AWS::ApiGatewayV2::Api")
class Api(Resource):
    service = "apigatewayv2"

    def make(self):
        name = self.properties.get("Name") or self.properties.get("Body", {}).get("info", {}).get("title") or self.name
        self.physical_resource_id = self.api.create_api(Name=name, ProtocolType="HTTP")["ApiId"]
        self.add_routes()

    def change(self):
        api, name = self.api, {"ApiId": self.physical_resource_id}
        if "Body" in self.properties:
            for route in api.get_routes(**name)["Items"]:
                api.delete_route(**name, RouteId=route["RouteId"])
            self.add_routes()

    def add_routes(self):
        """API Gateway reads them from the OpenAPI document, and their authorization from its security schemes."""
        document = self.properties.get("Body", {})
        schemes = document.get("components", {}).get("securitySchemes", {})
        for path, methods in document.get("paths", {}).items():
            for method, operation in methods.items():
                integration = operation["x-amazon-apigateway-integration"]
                made = self.api.create_integration(
                    ApiId=self.physical_resource_id, IntegrationType="AWS_PROXY", IntegrationMethod="POST",
                    IntegrationUri=integration["uri"], PayloadFormatVersion=integration["payloadFormatVersion"])
                schemed = [schemes[name] for item in operation.get("security", []) for name in item]
                signed = any(scheme.get("x-amazon-apigateway-authtype") == "awsSigv4" for scheme in schemed)
                self.api.create_route(
                    ApiId=self.physical_resource_id, RouteKey=f"{method.upper()} {path}",
                    Target=f"integrations/{made['IntegrationId']}", AuthorizationType="AWS_IAM" if signed else "NONE")

    def end(self):
        self.api.delete_api(ApiId=self.physical_resource_id)

    def attribute(self, name):
        endpoint = f"https://{self.physical_resource_id}.execute-api.{self.region}.amazonaws.com"
        return endpoint if name == "ApiEndpoint" else self.physical_resource_id


class ApiPart(Resource):
    """What lies in an API is made and deleted by name with the API's id."""
    service = "apigatewayv2"
    part = ""

    def make(self):
        made = getattr(self.api, f"create_{self.part.lower()}")(**self.settings())
        self.physical_resource_id = made.get(f"{self.part}Id", self.name)

    def settings(self):
        return {name: value for name, value in self.properties.items() if name not in ("Tags", "RouteSettings")}

    def end(self):
        getattr(self.api, f"delete_{self.part.lower()}")(
            ApiId=self.properties["ApiId"], **{f"{self.part}Id": self.physical_resource_id})


@kind("AWS::ApiGatewayV2::Integration")
class Integration(ApiPart):
    part = "Integration"


@kind("AWS::ApiGatewayV2::Route")
class Route(ApiPart):
    part = "Route"


@kind("AWS::ApiGatewayV2::Authorizer")
class Authorizer(ApiPart):
    part = "Authorizer"


@kind("AWS::ApiGatewayV2::Stage")
class Stage(ApiPart):
    part = "Stage"

    def make(self):
        missing = self.properties.get("RouteSettings", {}).keys() - {
            route["RouteKey"] for route in self.api.get_routes(ApiId=self.properties["ApiId"])["Items"]}
        if missing:
            raise ValueError(f"Unable to find Route by key {sorted(missing)} within the provided RouteSettings")
        settings = self.settings()
        settings["DefaultRouteSettings"] = routing(settings.get("DefaultRouteSettings", {}))
        self.api.create_stage(**settings)
        self.physical_resource_id = self.properties["StageName"]

    def end(self):
        self.api.delete_stage(ApiId=self.properties["ApiId"], StageName=self.properties["StageName"])


def routing(settings):
    """Numbers and flags, which come as text from parameters."""
    as_it_should = {"ThrottlingBurstLimit": int, "ThrottlingRateLimit": float}
    return {name: as_it_should.get(name, lambda value: str(value).lower() == "true")(value) for name, value in settings.items()}


@kind("AWS::ApiGatewayV2::DomainName", "DomainName")
class DomainName(Resource):
    service = "apigatewayv2"

    def make(self):
        self.api.create_domain_name(**self.properties)
        self.physical_resource_id = self.properties["DomainName"]

    def end(self):
        self.api.delete_domain_name(DomainName=self.physical_resource_id)

    def attribute(self, name):
        return {"RegionalHostedZoneId": "Z1UJRXOUMOOFQ8"}.get(name, f"d-a1b2c3d4e5.execute-api.{self.region}.amazonaws.com")


@kind("AWS::ApiGatewayV2::ApiMapping")
class ApiMapping(Resource):
    service = "apigatewayv2"

    def make(self):
        self.physical_resource_id = self.api.create_api_mapping(**self.properties)["ApiMappingId"]

    def end(self):
        self.api.delete_api_mapping(DomainName=self.properties["DomainName"], ApiMappingId=self.physical_resource_id)


@kind("AWS::CodeDeploy::Application", "ApplicationName")
class Application(Resource):
    service = "codedeploy"

    def make(self):
        self.api.create_application(applicationName=self.name, computePlatform=self.properties["ComputePlatform"])

    def change(self):
        """Nothing of ours changes."""


@kind("AWS::CodeDeploy::DeploymentGroup", "DeploymentGroupName")
class DeploymentGroup(Resource):
    service = "codedeploy"
    present = {}  # properties, by application and name

    def make(self):
        self.change()
        parts = pick(self.properties, "AutoRollbackConfiguration", "AlarmConfiguration", "DeploymentStyle")
        self.api.create_deployment_group(
            applicationName=self.properties["ApplicationName"], deploymentGroupName=self.name,
            serviceRoleArn=self.properties["ServiceRoleArn"],
            deploymentConfigName=self.properties["DeploymentConfigName"], **lower(parts))

    def change(self):
        """moto cannot change one: the alias that is moved through it looks here."""
        self.present[self.properties["ApplicationName"], self.name] = self.properties
