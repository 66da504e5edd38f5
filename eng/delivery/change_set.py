"""Writes the parameters and the tags that the Lambda tool would give a change set, so that it can be asked beforehand.

change_set.py TEMPLATE STACK.json PARAMETERS TAGS FOLDER"""
import json
import pathlib
import sys

import template

# The tool puts it on every stack; without it each question would find a change.
OWN_TAG = {"AWSServerlessAppNETCore": "true"}


def parameters(declared, stack, given):
    """The given ones, and the previous values of what the template still declares."""
    previous = [entry["ParameterKey"] for entry in stack.get("Parameters", [])]
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()] + [
        {"ParameterKey": name, "UsePreviousValue": True} for name in previous if name in declared and name not in given]


def main(path, stack, given, tags, folder):
    read = lambda file: json.loads(pathlib.Path(file).read_text(encoding="utf-8-sig"))
    folder = pathlib.Path(folder)
    declared = read(path).get("Parameters", {})
    (folder / "parameters.json").write_text(json.dumps(parameters(declared, read(stack), template.split(given))))
    (folder / "tags.json").write_text(json.dumps(
        [{"Key": name, "Value": value} for name, value in (template.split(tags) | OWN_TAG).items()]))


if __name__ == "__main__":
    main(*sys.argv[1:])
