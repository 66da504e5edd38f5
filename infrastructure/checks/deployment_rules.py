"""Our own rules for what CloudFormation would refuse, or leave over, when a stack is deployed."""
import json
import re

from local_aws.parameters import FUNCTIONS
from rules import rule, walk
from templates import ROOT, file_of, read

# Those that look up values in the account cannot contain other functions; no template needs them.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
LOOK_UPS = {"Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"}
OF_A_LIST = {"Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn"}
SESSION = "arn:aws:sts::123456789012:assumed-role/name/session"


def calls(node, within=None):
    """Each function in a piece of a template, its argument, and the function around it."""
    if isinstance(node, list):
        for item in node:
            yield from calls(item, within)
    elif isinstance(node, dict):
        for function, argument in node.items():
            yield function, argument, within
            yield from calls(argument, function)


@rule
def rule_functions(seen):
    """A template's Rules use only the functions that CloudFormation documents for them; others make every change set fail."""
    parameters = seen.source.get("Parameters", {})
    for name, item in seen.source.get("Rules", {}).items():
        expressions = [item.get("RuleCondition", {}), *(assertion["Assert"] for assertion in item["Assertions"])]
        for function, argument, within in calls(expressions):
            if function == "Ref":
                if argument not in parameters:
                    yield name, f"{argument} is not a parameter"
                elif "List" in parameters[argument]["Type"] and within not in OF_A_LIST:
                    yield name, f"{argument} is a list, and {within} compares text: use Fn::Contains, Fn::EachMemberEquals or Fn::EachMemberIn"
            elif function not in FUNCTIONS and function not in LOOK_UPS:
                yield name, f"{function} is not supported in Rules"


def undeletable_when_new(name, item, resources):
    """Why a rollback of the stack's creation could not delete the resource; None if it could."""
    if item.get("Properties", {}).get("DeletionProtection") == "ACTIVE":
        return "its deletion protection is on"
    account_settings = [other for other in resources.values() if other["Type"] == "AWS::ApiGateway::Account"]
    return "a setting of the account refers to it" if any(f'"{name}"' in json.dumps(other) for other in account_settings) else None


@rule
def retained_when_in_use(seen):
    """A retained resource is RetainExceptOnCreate: a failed first deployment must leave nothing that makes the next one fail."""
    resources = seen.source.get("Resources", {})
    for name, item in resources.items():
        policy, reason = item.get("DeletionPolicy"), undeletable_when_new(name, item, resources)
        if policy == "Retain" and not reason:
            yield name, "Retain keeps it when its creation is rolled back, and the next attempt fails: RetainExceptOnCreate"
        if policy == "RetainExceptOnCreate" and reason:
            yield name, f"a rollback could not delete it, {reason}: Retain"
        if policy in ("Retain", "RetainExceptOnCreate") and item.get("UpdateReplacePolicy") != "Retain":
            yield name, "a replacement would delete it: UpdateReplacePolicy is not Retain"


# The stack policies, by template, which the README's steps set.
STACK_POLICIES = {
    "serverless.template": "stack-policy.json", "infrastructure/bucket.template": "bucket.stack-policy.json",
    "infrastructure/token-api.template": "token-api.stack-policy.json",
}


@rule
def stack_policy(seen):
    """The stack policy names every retained resource, so that no update replaces or deletes it, and no others."""
    if not (file := STACK_POLICIES.get(file_of(seen.path))):
        return
    statements = json.loads((ROOT / "infrastructure" / file).read_text(encoding="utf-8"))["Statement"]
    named = {text.split("/")[1] for item in statements if item["Effect"] == "Deny" for text in item["Resource"]}
    for name, item in seen.source["Resources"].items():
        if item.get("DeletionPolicy", "").startswith("Retain") and name not in named:
            yield name, f"it is retained, but an update may replace or delete it: {file} does not name it"
    for name in named - seen.source["Resources"].keys():
        yield name, f"{file} names it, but it is not in the template"


@rule
def role_names_fit(seen):
    """A role of another stack is named by the beginning of its name, so that stack's name must leave room for the rest. The name
    of a role has at most 64 characters, CloudFormation shortens what is longer, and ends it with a hyphen and 13 characters."""
    for _, text in walk(seen.source.get("Resources", {})):
        for parameter, role in re.findall(r"role/\$\{(\w+)\}/\$\{\1\}-(\w+)-\*", str(text)):
            longest = 64 - len(f"-{role}-") - 13
            if re.fullmatch(seen.source["Parameters"][parameter].get("AllowedPattern", ".*"), "a" * (longest + 1)):
                yield parameter, f"accepts more than {longest} characters: CloudFormation would shorten the name of {role}"


@rule
def policies_fit(seen):
    """A managed policy has at most 6,144 characters, and the inline policies of a role together at most 10,240."""
    def size(document):
        return len(json.dumps(document, separators=(",", ":")))

    for name, item in seen.of("AWS::IAM::ManagedPolicy").items():
        if size(item["PolicyDocument"]) > 6144:
            yield name, f"{size(item['PolicyDocument'])} characters: IAM accepts 6,144"
    for name, item in seen.of("AWS::IAM::Role").items():
        if (total := sum(size(policy["PolicyDocument"]) for policy in item.get("Policies", []))) > 10240:
            yield name, f"{total} characters in its inline policies: IAM accepts 10,240"


@rule
def principals_named(seen):
    """A parameter for principals refuses the ARN of a session, which never matches aws:PrincipalArn: that is the ARN of its role."""
    for name, declared in seen.source.get("Parameters", {}).items():
        if re.search(r"(Arns?|Principals)$", name):
            if re.fullmatch(declared.get("AllowedPattern", ".*"), SESSION):
                yield name, "accepts the ARN of an STS session"
            elif not declared.get("ConstraintDescription"):
                yield name, "has no ConstraintDescription to explain its pattern"


@rule
def service_stateless(seen):
    """The service stack can be deleted and created again: it holds no data, and the bucket policy names the roles that list."""
    if file_of(seen.path) != "serverless.template":
        return
    resources = seen.source["Resources"]
    roles = {name: item["Properties"]["Role"]["Fn::GetAtt"][0] for name, item in resources.items() if item["Type"] == "AWS::Serverless::Function"}
    listing = {name for name, role in roles.items() if '"s3:' in json.dumps(resources[role])}
    policy = json.dumps(read("infrastructure/bucket.template")["Resources"]["DataBucketPolicy"])
    named = set(re.findall(r"role/\$\{ServiceStackName\}/\$\{ServiceStackName\}-(\w+)Role-\*", policy))
    for name in sorted(listing ^ named):
        yield name, "the roles in the policy of bucket.template are not those of the functions that list"
    for name in sorted(listing & named):
        role = resources[f"{name}Role"]["Properties"]
        if role.get("Path") != {"Fn::Sub": "/${AWS::StackName}/"} or "RoleName" in role:
            yield f"{name}Role", "the policy of bucket.template expects another path or name"
    for name, item in resources.items():
        if item["Type"] in ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::Cognito::UserPool"):
            yield name, "what holds data belongs in a companion stack"
    if seen.source["Globals"]["Function"]["Environment"]["Variables"].get("S3LISTER_LISTABLE_PREFIXES") != {"Ref": "ListablePrefixes"}:
        yield "Globals", "the functions do not receive the prefixes that their roles may list"


@rule
def one_architecture(seen):
    """One literal chooses the architecture: the Lambda tool reads no function of CloudFormation, and one substitution changes it."""
    if file_of(seen.path) != "serverless.template":
        return
    if seen.source["Globals"]["Function"].get("Architectures") not in (["x86_64"], ["arm64"]):
        yield "Globals", "Architectures is not one literal, x86_64 or arm64"
    for name, item in seen.source["Resources"].items():
        if item["Type"] == "AWS::Serverless::Function" and "Architectures" in item["Properties"]:
            yield name, "has an architecture of its own"
