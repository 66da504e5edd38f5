"""The SAM transform, offline: AWS::Serverless resources become plain CloudFormation, as they do in AWS.

    python3 infrastructure/checks/sam.py serverless.template [Parameter=Value ...] > expanded.json
"""
import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

# pylint: disable=wrong-import-position
from cfnlint.decode import cfn_yaml
from samtranslator.translator.transform import transform

TRANSFORM = "AWS::Serverless-2016-10-31"


class NoManagedPolicies:
    """SAM would load the managed policies from AWS; the templates use none."""

    @staticmethod
    def load():
        return {}


def parse(text):
    """A template in JSON or YAML as plain dictionaries."""
    try:
        return json.loads(text)
    except ValueError:
        return json.loads(json.dumps(cfn_yaml.loads(text)))


def read(path):
    with open(path, encoding="utf-8") as file:
        return parse(file.read())


def is_sam(template):
    transforms = template.get("Transform", [])
    return TRANSFORM in ([transforms] if isinstance(transforms, str) else transforms)


def packaged(template, bucket="artifacts", key="s3lister.zip"):
    """The template with the functions' code in a bucket instead of a folder, as a deployment uploads it."""
    copy = json.loads(json.dumps(template))
    for resource in copy["Resources"].values():
        code = resource["Properties"].get("CodeUri") if resource["Type"] == "AWS::Serverless::Function" else None
        if isinstance(code, str) and not code.startswith("s3://"):
            resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": key}
    return copy


def expand(template, parameters=None):
    """The template after the SAM transform, if it has one. The argument is not changed."""
    copy = packaged(template)
    return transform(copy, dict(parameters or {}), NoManagedPolicies()) if is_sam(copy) else copy


def main():
    parameters = dict(argument.split("=", 1) for argument in sys.argv[2:])
    json.dump(expand(read(sys.argv[1]), parameters), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
