#!/usr/bin/env python3
"""Checks serverless.template and every infrastructure/*.template.

    python3 infrastructure/checks/check.py [CHECK ...]

lint       cfn-lint, on each template as written and as the SAM transform expands it
guard      AWS Control Tower's proactive controls, by cfn-guard, on each template with the least and with all options on
nag        cdk-nag: AwsSolutions and Serverless, on the same
rules      our own rules (rules.py, rest_rules.py, deployment_rules.py) for what the others do not find, on the same
actions    CloudFormation's role may do all that the templates need, and nothing else (actions.py)
policies   who may do what: policies.table, by simulation

waivers.json gives a reason for each accepted finding. A finding without a waiver fails, and so does a waiver without a finding.
"""
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import namedtuple
from fnmatch import fnmatchcase
from pathlib import Path

import actions
import deployment_rules  # noqa: F401 (its rules register themselves)
import policies
import rest_rules  # noqa: F401 (its rules register themselves)
import rules
import sam
from templates import HERE, OPTIONS, file_of, paths, read, rendered, settings

Finding = namedtuple("Finding", "check template rule resource message")
MODULES = HERE / "node_modules"


def written(folder, path, name, template):
    file = Path(folder) / f"{path.replace('/', '-').replace('#', '-')}.{name}.json"
    file.write_text(json.dumps(template, indent=1), encoding="utf-8")
    return file


def lint(sources):
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for path, template in sources.items():
            files[str(written(folder, path, "written", template))] = path
            if sam.is_sam(template):
                some = settings(path, template)["all"]
                files[str(written(folder, path, "expanded", sam.expand(template, some)))] = path
        # W2001: the transform substitutes the values of some parameters. Our rule parameters-used finds the others.
        done = subprocess.run(
            ["cfn-lint", "--format", "json", "--ignore-checks", "W2001", "--", *files], stdout=subprocess.PIPE, text=True, check=False)
        for match in json.loads(done.stdout):
            place = match["Location"]["Path"] or []
            yield Finding("lint", files[match["Filename"]], match["Rule"]["Id"], str(place[1]) if len(place) > 1 else "template", match["Message"])


def api_id(kind, attribute):
    """cfn-guard wants an API's id, and what contains it, as text."""
    return "a1b2c3d4e5" if kind == "AWS::ApiGatewayV2::Api" and attribute is None else None


def guard(sources):
    package = MODULES / "@cdklabs/cdk-validator-cfnguard"
    binary = package / "bin" / ("macos" if sys.platform == "darwin" else "ubuntu") / platform.machine().replace("arm64", "aarch64") / "cfn-guard"
    with tempfile.TemporaryDirectory() as folder:
        files = {str(written(folder, path, name, made)): path
                 for path, template in sources.items() for name, made in rendered(path, template, api_id) if made["Resources"]}
        done = subprocess.run(
            [binary, "validate", "--rules", package / "rules/control-tower/cfn-guard", "--data", *files,
             "--output-format", "json", "--show-summary", "none", "--structured"], stdout=subprocess.PIPE, text=True, check=False)
        for report in json.loads(done.stdout):
            for failed in report["not_compliant"]:
                places = {text.split("/")[2] for place, text in rules.walk(failed)
                          if place[-1] == "path" and isinstance(text, str) and text.startswith("/Resources/")}
                messages = [text for place, text in rules.walk(failed) if place[-1] == "custom_message" and text]
                rule, _, message = messages[0].strip().partition("]: ") if messages else (failed["Rule"]["name"], "", "")
                for resource in places or {"template"}:
                    yield Finding("guard", files[report["name"]], rule.strip("[ "), resource, message.split("\n")[0].strip())


def nag(sources):
    with tempfile.TemporaryDirectory() as folder:
        files = [f"{path}={written(folder, path, name, made)}"
                 for path, template in sources.items() for name, made in rendered(path, template) if made["Resources"]]
        done = subprocess.run(["node", HERE / "nag.mjs", *files], stdout=subprocess.PIPE, text=True, check=True)
        for item in json.loads(done.stdout):
            yield Finding("nag", item["name"], item["rule"], item["resource"], item["message"])


def own_rules(sources):
    for path, template in sources.items():
        for _, made in rendered(path, template):
            for rule, resource, message in rules.findings(path, template, made):
                yield Finding("rules", path, rule, resource, message)


def role_actions(sources):
    for path, resource, rule, message in actions.findings(sources):
        yield Finding("actions", path, rule, resource, message)


def simulation(sources):
    for message in policies.failures(sources):
        yield Finding("policies", "policies.table", "case", message.split(" | ")[0], message)


CHECKS = {"lint": lint, "guard": guard, "nag": nag, "rules": own_rules, "actions": role_actions, "policies": simulation}


def waivers():
    return json.loads((HERE / "waivers.json").read_text(encoding="utf-8"))


def covers(waiver, finding):
    return (waiver["check"] == finding.check and waiver["template"] == file_of(finding.template)
            and fnmatchcase(finding.rule, waiver["rule"].replace("[", "[[]")) and any(fnmatchcase(finding.resource, name) for name in waiver["resources"]))


def unexplained(findings):
    known = waivers()
    return [finding for finding in findings if not any(covers(waiver, finding) for waiver in known)]


def unneeded(checks, findings):
    """Waivers, resource by resource, that no finding needs."""
    for waiver in waivers():
        if waiver["check"] in checks:
            for name in waiver["resources"]:
                if not any(covers({**waiver, "resources": [name]}, finding) for finding in findings):
                    yield f"{waiver['check']} {waiver['template']} {waiver['rule']} {name}: no finding needs the waiver"


def main():
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    chosen = sys.argv[1:] or list(CHECKS)
    sources = {path: read(path) for path in paths()}
    found, wrong = set(), []
    for name in chosen:
        mine = set(CHECKS[name](sources))
        open_ones = sorted(unexplained(mine))
        print(f"{name}: {len(mine)} findings, {len(mine) - len(open_ones)} waived with a reason")
        wrong += [" ".join(finding) for finding in open_ones]
        found |= mine
    wrong += list(unneeded(chosen, found))
    for path, template in sources.items():
        wrong += [f"{path}: options.json has no parameter {name}" for name in OPTIONS.get(path, {}).keys() - template.get("Parameters", {}).keys()]
    print(*(f"FAILED {line}" for line in wrong), f"{len(sources)} templates, {len(wrong)} unexplained", sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
