"""Our own rules for REST APIs, whose methods are in an OpenAPI document where no rule set looks."""
import json
import re

from openapi_spec_validator import OpenAPIV30SpecValidator

from rules import listed, rule
from templates import ROOT

# https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
RESPONSES = {
    "ACCESS_DENIED", "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "AUTHORIZER_FAILURE", "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS", "DEFAULT_4XX", "DEFAULT_5XX", "EXPIRED_TOKEN", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT", "INVALID_API_KEY",
    "INVALID_SIGNATURE", "MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED", "REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND", "THROTTLED",
    "UNAUTHORIZED", "UNSUPPORTED_MEDIA_TYPE", "WAF_FILTERED",
}
GROUPS = {"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"}
# What a response depends on besides the query.
HEADERS = {"Accept", "Accept-Encoding", "If-None-Match"}


def methods(api):
    for path, item in api["Body"]["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", path, operation


@rule
def rest_api_document(seen):
    """The document is valid OpenAPI: with FailOnWarnings API Gateway accepts nothing else."""
    for name, api in seen.of("AWS::ApiGateway::RestApi").items():
        for wrong in OpenAPIV30SpecValidator(api["Body"]).iter_errors():
            yield name, f"{'/'.join(map(str, wrong.absolute_path))}: {wrong.message[:100]}"


@rule
def rest_api_authorized(seen):
    """Every method requires a signature, even if it also requires an API key, which authorizes nobody."""
    for name, api in seen.of("AWS::ApiGateway::RestApi").items():
        schemes = api["Body"].get("components", {}).get("securitySchemes", {})
        for method, _, operation in methods(api):
            required = [schemes.get(scheme, {}) for way in operation.get("security", []) for scheme in way]
            if not any(scheme.get("x-amazon-apigateway-authtype") == "awsSigv4" for scheme in required):
                yield name, f"{method} is open"
            if operation.get("x-amazon-apigateway-auth") != {"type": "AWS_IAM"}:
                yield name, f"{method} does not have IAM as its authorizer"


@rule
def rest_api_validates(seen):
    """Every method has a validator of its parameters."""
    for name, api in seen.of("AWS::ApiGateway::RestApi").items():
        body = api["Body"]
        for method, _, operation in methods(api):
            chosen = operation.get("x-amazon-apigateway-request-validator", body.get("x-amazon-apigateway-request-validator"))
            validator = body.get("x-amazon-apigateway-request-validators", {}).get(chosen, {})
            if validator.get("validateRequestParameters") is not True:
                yield name, f"{method}: its parameters are not validated"


@rule
def rest_api_bytes(seen):
    """Compressed bodies are sent as bytes, whatever a caller accepts, and API Gateway does not compress them again."""
    for name, api in seen.of("AWS::ApiGateway::RestApi").items():
        if "*/*" not in api["Body"].get("x-amazon-apigateway-binary-media-types", []) + api.get("BinaryMediaTypes", []):
            yield name, "a compressed body would reach the caller in base64"
        if "MinimumCompressionSize" in api:
            yield name, "the functions compress themselves"


@rule
def rest_api_problems(seen):
    """API Gateway's own errors have the form of the service's problems, and echo nothing."""
    for name, api in seen.of("AWS::ApiGateway::RestApi").items():
        responses = api["Body"].get("x-amazon-apigateway-gateway-responses", {})
        for missing in sorted(RESPONSES - responses.keys()):
            yield name, f"{missing} has API Gateway's own form"
        for kind, response in responses.items():
            if response.get("responseParameters", {}).get("gatewayresponse.header.Content-Type") != "'application/problem+json'":
                yield name, f"{kind} is not of type application/problem+json"
            for text in response.get("responseTemplates", {}).values():
                if said := set(re.findall(r"\$[A-Za-z.]+", text)) - {"$context.requestId"}:
                    yield name, f"{kind} echoes {sorted(said)}"
                try:
                    problem = json.loads(text.replace("$context.requestId", "0"))
                except ValueError as broken:
                    yield name, f"{kind} is not JSON: {broken}"
                    continue
                if sorted(problem) != ["code", "detail", "instance", "requestId", "status", "title", "type"]:
                    yield name, f"{kind} has the fields {sorted(problem)}"
                elif str(problem["status"]) != response.get("statusCode") or problem["type"] != f"urn:s3lister:problem:{problem['code']}":
                    yield name, f"{kind} contains another status or code than its own"


@rule
def rest_api_cache(seen):
    """The cache key has everything that a response depends on. The cache is encrypted, and exists only while there are no grants."""
    known = {path: {item["name"] for item in route["get"].get("parameters", []) if item.get("in") == "query"} for path, route in document()["paths"].items()}
    for name, stage in seen.of("AWS::ApiGateway::Stage").items():
        api = seen.of("AWS::ApiGateway::RestApi")[stage["RestApiId"]["Ref"]]
        caches = [item for item in stage.get("MethodSettings", []) if item.get("CachingEnabled")]
        if not stage.get("CacheClusterEnabled"):
            continue
        if "CallersAreEqual" not in json.dumps(stage.get("Variables", {}).get("callersAreEqual", {}).get("Fn::ImportValue", "")):
            yield name, "it may return one caller's response to another"
        for item in caches:
            if not item.get("CacheDataEncrypted"):
                yield name, f"{item['ResourcePath']}: the cache is not encrypted"
            if item["ResourcePath"] not in known or item["ResourcePath"] in ("/health", "/access"):
                yield name, f"{item['ResourcePath']} must not be cached"
                continue
            integration = api["Body"]["paths"][item["ResourcePath"]]["get"]["x-amazon-apigateway-integration"]
            keys = {text.removeprefix("method.request.") for text in integration.get("cacheKeyParameters", [])}
            wanted = {f"querystring.{query}" for query in known[item["ResourcePath"]]} | {f"header.{header}" for header in HEADERS}
            if keys != wanted:
                yield name, f"{item['ResourcePath']}: {sorted(keys ^ wanted)} in the cache key or in the API, but not in both"


def document():
    """The OpenAPI document of the service, with references to parameters resolved."""
    page = json.loads((ROOT / "docs/openapi.json").read_text(encoding="utf-8"))
    for route in page["paths"].values():
        for operation in route.values():
            operation["parameters"] = [
                page["components"]["parameters"][item["$ref"].split("/")[-1]] if "$ref" in item else item for item in operation.get("parameters", [])]
    return page


@rule
def rest_api_limits(seen):
    """Every method has limits, execution logs contain no responses, and there is no second stage."""
    for name, stage in seen.of("AWS::ApiGateway::Stage").items():
        settings = {(item["HttpMethod"], item["ResourcePath"]): item for item in stage.get("MethodSettings", [])}
        if ("*", "/*") not in settings:
            yield name, "a method without its own settings has no limit"
        for (method, path), item in settings.items():
            if not item.get("ThrottlingRateLimit") or not item.get("ThrottlingBurstLimit"):
                yield name, f"{method} {path} has no limit"
            if item.get("DataTraceEnabled"):
                yield name, f"{method} {path} logs its responses"
    for name, deployment in seen.of("AWS::ApiGateway::Deployment").items():
        if "StageName" in deployment:
            yield name, f"creates a second stage, {deployment['StageName']}"


@rule
def rest_api_tls(seen):
    """The API requires TLS 1.2 or later, and with a domain name it cannot be called by another name."""
    for name, api in seen.of("AWS::ApiGateway::RestApi").items():
        if api.get("SecurityPolicy", "") in ("", "TLS_1_0"):
            yield name, "it accepts TLS below 1.2"
        # OpenAPI 3 has it on a server; at the top of the document it is ignored.
        closed = [server.get("x-amazon-apigateway-endpoint-configuration", {}).get("disableExecuteApiEndpoint") for server in api["Body"].get("servers", [])]
        if seen.of("AWS::ApiGateway::BasePathMapping") and True not in closed:
            yield name, "API Gateway's own name bypasses the domain and its client certificates"
    for name, domain in seen.of("AWS::ApiGateway::DomainName").items():
        if domain.get("SecurityPolicy", "TLS_1_0") == "TLS_1_0":
            yield name, "it accepts TLS below 1.2"


@rule
def firewall(seen):
    """The firewall has its rules, protects the stage, and logs neither credentials nor keys."""
    for name, acl in seen.of("AWS::WAFv2::WebACL").items():
        statements = [item["Statement"] for item in acl.get("Rules", [])]
        groups = {item["ManagedRuleGroupStatement"]["Name"] for item in statements if "ManagedRuleGroupStatement" in item}
        if missing := GROUPS - groups:
            yield name, f"without {sorted(missing)}"
        if not any(item.get("RateBasedStatement", {}).get("AggregateKeyType") == "IP" for item in statements):
            yield name, "no limit for an address"
        if any(item["VisibilityConfig"].get("SampledRequestsEnabled") for item in (acl, *acl.get("Rules", []))):
            yield name, "sampled requests contain queries"
        own = [item for item in seen.of("AWS::WAFv2::WebACLAssociation").values() if name in json.dumps(item["WebACLArn"])]
        if not any("/stages/" in json.dumps(item["ResourceArn"]) for item in own):
            yield name, "protects nothing"
        logs = [item for item in seen.of("AWS::WAFv2::LoggingConfiguration").values() if name in json.dumps(item["ResourceArn"])]
        if not logs:
            yield name, "logs nothing"
        for log in logs:
            hidden = {json.dumps(field).lower() for field in listed(log.get("RedactedFields", []))}
            for wanted in ("authorization", "x-amz-security-token", "x-api-key", "querystring"):
                if not any(wanted in field for field in hidden):
                    yield name, f"its log contains {wanted}"
