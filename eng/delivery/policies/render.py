"""Prints the roles of infrastructure/pipeline.template as an account would have them: their trust, their policies, their
boundary, and the bucket's policy. render.py TEMPLATE < PARAMETERS (JSON)"""
import json
import re
import sys

from cfnlint.decode import decode

ACCOUNT, REGION, STACK = "123456789012", "eu-central-1", "s3lister-pipeline"
PSEUDO = {"AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::StackName": STACK, "AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"}
NOTHING = object()


class Renderer:
    def __init__(self, template, given):
        self.template = template
        self.parameters = {name: given.get(name, entry.get("Default")) for name, entry in template["Parameters"].items()}

    def arn(self, name):
        match self.template["Resources"][name]["Type"]:
            case "AWS::IAM::Role":
                return f"arn:aws:iam::{ACCOUNT}:role/{STACK}-{name}-1"
            case "AWS::IAM::ManagedPolicy":
                return f"arn:aws:iam::{ACCOUNT}:policy/{STACK}-{name}-1"
            case "AWS::S3::Bucket":
                return f"arn:aws:s3:::{STACK}-{name.lower()}-1"
            case "AWS::KMS::Key":
                return f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{name}"
        raise KeyError(name)

    def ref(self, name):
        if name == "AWS::NoValue":
            return NOTHING
        if name in self.parameters:
            value = self.parameters[name]
            is_list = self.template["Parameters"][name]["Type"] == "CommaDelimitedList"
            return value.split(",") if is_list else value
        if name in PSEUDO:
            return PSEUDO[name]
        arn = self.arn(name)
        return arn.removeprefix("arn:aws:s3:::")

    def holds(self, name):
        return self.condition(self.template["Conditions"][name])

    def condition(self, node):
        (function, arguments), = node.items()
        match function:
            case "Fn::Equals":
                left, right = map(self.value, arguments)
                return left == right
            case "Fn::Not":
                return not self.condition(arguments[0])
        raise KeyError(function)

    def value(self, node):
        match node:
            case {"Ref": name}:
                return self.ref(name)
            case {"Fn::GetAtt": [name, "Arn"]}:
                return self.arn(name)
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{([^}]+)\}", lambda m: self.arn(m[1][:-4]) if m[1].endswith(".Arn") else str(self.ref(m[1])), text)
            case {"Fn::Join": [separator, parts]}:
                return separator.join(self.value(parts))
            case {"Fn::If": [name, yes, no]}:
                return self.value(yes if self.holds(name) else no)
            case dict():
                rendered = {key: self.value(item) for key, item in node.items()}
                return {key: item for key, item in rendered.items() if item is not NOTHING}
            case list():
                return [item for item in map(self.value, node) if item is not NOTHING]
        return node

    def made(self, kind):
        for name, resource in self.template["Resources"].items():
            if resource["Type"] == kind and ("Condition" not in resource or self.holds(resource["Condition"])):
                yield name, self.value(resource["Properties"])


def main(path, given):
    template, errors = decode(path)
    if errors:
        sys.exit(str(errors))
    renderer = Renderer(json.loads(json.dumps(template)), given)
    managed = {renderer.arn(name): policy for name, policy in renderer.made("AWS::IAM::ManagedPolicy")}
    roles = {}
    for name, role in renderer.made("AWS::IAM::Role"):
        arn = renderer.arn(name)
        attached = [managed[policy]["PolicyDocument"] for policy in role.get("ManagedPolicyArns", [])]
        attached += [policy["PolicyDocument"] for policy in managed.values() if arn.removeprefix(f"arn:aws:iam::{ACCOUNT}:role/") in policy.get("Roles", []) or arn in policy.get("Roles", [])]
        roles[name] = {
            "arn": arn,
            "trust": role["AssumeRolePolicyDocument"],
            "policies": [policy["PolicyDocument"] for policy in role.get("Policies", [])] + attached,
            "boundary": managed[role["PermissionsBoundary"]]["PolicyDocument"] if "PermissionsBoundary" in role else None,
        }
    (_, bucket), = renderer.made("AWS::S3::BucketPolicy")
    (_, key), = renderer.made("AWS::KMS::Key")
    print(json.dumps({"account": ACCOUNT, "region": REGION, "roles": roles, "bucketPolicy": bucket["PolicyDocument"], "keyPolicy": key["KeyPolicy"],
                      "bucket": renderer.arn("ArtifactBucket"), "key": renderer.arn("ArtifactKey"),
                      "roleBoundary": renderer.arn("RoleBoundary"), "cloudFormationBoundary": renderer.arn("CloudFormationBoundary")}))


if __name__ == "__main__":
    main(sys.argv[1], json.load(sys.stdin))
