"""The templates of the repository, and the parameters with which the checks and rehearsals use them."""
import json
import re
from functools import cache
from pathlib import Path

import sam
from render import Rendering

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OPTIONS = json.loads((HERE / "options.json").read_text(encoding="utf-8"))
SAMPLES = (
    (r"Role(Arn)?s?$", "arn:aws:iam::123456789012:role/sample"),
    (r"Topic(Arn)?s?$", "arn:aws:sns:us-east-1:123456789012:sample"),
    (r"KeyArn$", "arn:aws:kms:us-east-1:123456789012:key/5a3e4c00-0000-4000-8000-000000000000"),
    (r"Arns?$", "arn:aws:iam::123456789012:role/sample"),
    (r"Bucket(Name)?$", "sample-bucket"),
    (r"E-?[Mm]ail", "operator@example.com"),
)


def paths():
    """Relative to the root: the application first."""
    return ["serverless.template", *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("infrastructure/*.template"))]


def file_of(label):
    """The file of a template with a planted fault, whose label is its file and a number: serverless.template#7."""
    return label.split("#")[0]


@cache
def read(path):
    return sam.read(ROOT / path)


def options(path, template):
    """Each parameter's values to try: those of options.json, or values that fit its declaration."""
    known = OPTIONS.get(file_of(path), {})
    return {name: known.get(name) or values(name, declared) for name, declared in template.get("Parameters", {}).items()}


def values(name, declared):
    if declared.get("AllowedValues") and "Default" in declared:
        default = str(declared["Default"])
        others = [str(value) for value in declared["AllowedValues"] if str(value) != default]
        return [default] + (others if others in (["true"], ["false"]) else [])
    if declared.get("Default", "") != "":
        return [str(declared["Default"])]
    if declared["Type"] == "Number":
        return [str(declared.get("MinValue", 1))]
    sample = next((value for pattern, value in SAMPLES if re.search(pattern, name)), "sample")
    return ["", sample] if "Default" in declared else [sample]


def settings(path, template):
    """Two settings: the first value of each option, and the last, with which all options are on."""
    choices = options(path, template)
    return {
        "least": {name: choice[0] for name, choice in choices.items()},
        "all": {name: choice[-1] for name, choice in choices.items()},
    }


def rendered(path, template, resource=None):
    """The name of each setting, and the template in that setting with its conditions and functions evaluated.

    resource: a function of a resource's type and an attribute, as for Rendering."""
    for name, parameters in settings(path, template).items():
        expanded = sam.expand(template, parameters)
        known = resource and (lambda item, attribute, kinds=expanded["Resources"]: resource(kinds[item]["Type"], attribute))
        yield name, Rendering(expanded, parameters, known).plain()
