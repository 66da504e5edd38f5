#!/usr/bin/env python3
"""What CloudFormation's role in infrastructure/pipeline.template must be allowed to do for the templates that it deploys.

    python3 infrastructure/checks/actions.py     the check, and then each allowed action taken away: the check must notice

needed-actions.json has a row for each type of resource: the actions that its handlers need ("needs", on the ARNs "on", or
"elsewhere"), those that only a property needs ("with": using the property brings them in), those that the role does not get
on purpose ("without"), and of a key those that its own policy cannot give ("identity"). A type without a row fails, and so
does an action that is allowed and that no row needs.
"""
import json
import re
import sys
from collections import namedtuple
from fnmatch import fnmatchcase
from functools import cache

from rules import listed
from templates import HERE, file_of, read, settings
from world import Stack

TABLE = json.loads((HERE / "needed-actions.json").read_text(encoding="utf-8"))
PIPELINE, ROLE, STACK = "infrastructure/pipeline.template", "CloudFormationRole", "s3lister"
ARTIFACTS = "s3lister-pipeline-artifactbucket"
Demand = namedtuple("Demand", "name kind action arn option")


class Rights:
    """What the role is allowed in one setting of the pipeline's template, whatever the conditions of its policies."""

    def __init__(self, template, setting):
        stack = Stack(PIPELINE, template, setting)
        self.allowed = [statement for policy in stack.identity_policies(ROLE) for statement in policy["policy"]["Statement"]]
        boundary = stack.boundary(ROLE)["Statement"]
        self.bounds = [statement for statement in boundary if statement["Effect"] == "Allow"]
        self.denied = [statement for statement in boundary if statement["Effect"] == "Deny" and "Condition" not in statement]

    def allow(self, action, resource):
        return (any(covers(statement, action, resource) for statement in self.allowed)
                and any(covers(statement, action, resource) for statement in self.bounds)
                and not any(covers(statement, action, resource) for statement in self.denied))


def like(pattern, text):
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def covers(statement, action, resource):
    """Whether a statement applies; its condition is assumed to hold."""
    on = statement["Resource"] if "Resource" in statement else None
    named = any(like(item, resource) for item in listed(on)) if on else not any(like(item, resource) for item in listed(statement["NotResource"]))
    return named and any(like(item.lower(), action.lower()) for item in listed(statement["Action"]))


def arn(stack, pattern, name):
    """A pattern of the table for this resource: {name} is its logical id, {Role} a property."""
    values = {"Path": "/", **stack.resources[name].get("Properties", {}), "stack": STACK, "name": name, "artifacts": ARTIFACTS}
    return re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), pattern)


def given_by_key(stack, role, action, name):
    """Whether a key's own policy allows the role to do it."""
    statements = stack.resources[name].get("Properties", {}).get("KeyPolicy", {}).get("Statement", [])
    return any(statement["Effect"] == "Allow" and role in listed(statement["Principal"].get("AWS", [])) and "Condition" not in statement
               and action in listed(statement["Action"]) for statement in statements if role)


def ways(node, before=""):
    if isinstance(node, list):
        for item in node:
            yield from ways(item, before)
    elif isinstance(node, dict):
        for key, item in node.items():
            yield f"{before}{key}"
            yield from ways(item, f"{before}{key}.")


def needed(row, properties):
    """The actions that a resource with these properties needs."""
    used = set(ways(properties))
    return [*row["needs"], *(action for way, actions in row.get("with", {}).items() if way in used for action in actions)]


def demands(path, template, setting):
    """Each action that the template's resources need of the role's policies."""
    stack, role = Stack(path, template, setting), settings(path, template)[setting].get("DeploymentRoleArn")
    for name, item in stack.resources.items():
        row = TABLE["types"].get(item["Type"])
        if not row:
            yield Demand(name, item["Type"], None, None, None)
            continue
        for action in needed(row, item.get("Properties", {})):
            if action not in row.get("identity", []) and given_by_key(stack, role, action, name):
                continue
            elsewhere = row.get("elsewhere", {}).get(action)
            patterns = ["*"] if action in TABLE["everywhere"] else [elsewhere] if elsewhere else row["on"]
            for pattern in patterns:
                yield Demand(name, item["Type"], action, arn(stack, pattern, name), row.get("option"))


@cache
def demanded(path, setting):
    """By a file of the repository."""
    return list(demands(path, read(path), setting))


def missing(demand, rights):
    """What the role lacks: resource, rule and message. A type that an option of the pipeline is for may need that option."""
    if demand.action is None:
        yield demand.name, "unknown-type", f"needed-actions.json has no row for {demand.kind}"
    elif not rights["all" if demand.option else "least"].allow(demand.action, demand.arn):
        yield demand.name, "missing-action", f"{ROLE} lacks {demand.action} on {demand.arn}" + (f", with {demand.option}" if demand.option else "")


def rights_of(pipeline):
    return {setting: Rights(pipeline, setting) for setting in ("least", "all")}


def unneeded(pipeline):
    """What the role is allowed and nothing needs, by the whole table."""
    wanted = {action.lower() for row in TABLE["types"].values() for action in row["needs"]} | {action.lower() for action in TABLE["also"]}
    for statement in Rights(pipeline, "all").allowed:
        for entry in listed(statement["Action"]):
            if not any(like(entry.lower(), action) for action in wanted):
                yield ROLE, "unneeded-action", f"{statement.get('Sid')}: {entry} is needed by no resource"


def findings(sources):
    """For each template that the role deploys, and for the pipeline's; under trial is one of the two, and the other is the file."""
    for label, template in sources.items():
        if file_of(label) in TABLE["templates"]:
            rights, wanted = rights_of(read(PIPELINE)), [demand for setting in ("least", "all") for demand in demands(file_of(label), template, setting)]
        elif file_of(label) == PIPELINE:
            rights, wanted = rights_of(template), every_demand()
            yield from ((label, *found) for found in unneeded(template))
        else:
            continue
        yield from ((label, *found) for demand in wanted for found in missing(demand, rights))


def every_demand():
    return [demand for path in TABLE["templates"] for setting in ("least", "all") for demand in demanded(path, setting)]


def without(template, place, entry):
    """The pipeline's template with one action less in one statement of one policy."""
    changed = json.loads(json.dumps(template))
    policy, number = place
    statement = changed["Resources"][policy]["Properties"]["PolicyDocument"]["Statement"][number]
    statement["Action"] = [action for action in listed(statement["Action"]) if action != entry]
    return changed


def taken_away(template):
    """Each allowed action in turn: those whose absence the check does not notice."""
    for policy, item in template["Resources"].items():
        if item["Type"] == "AWS::IAM::ManagedPolicy" and not policy.endswith("Boundary"):
            for number, statement in enumerate(item["Properties"]["PolicyDocument"]["Statement"]):
                for entry in listed(statement["Action"]):
                    if entry not in TABLE["also"]:
                        rights = rights_of(without(template, (policy, number), entry))
                        yield policy, entry, any(True for demand in every_demand() for _ in missing(demand, rights))


def main():
    wrong = sorted(set(findings({path: read(path) for path in [PIPELINE, *TABLE["templates"]]})))
    trials = list(taken_away(read(PIPELINE)))
    unnoticed = [f"{policy}: {entry} can be taken away" for policy, entry, noticed in trials if not noticed]
    rows = TABLE["types"].values()
    print(*(" ".join(found) for found in wrong), *unnoticed, sep="\n")
    print(f"{len(rows)} resource types need {len({action for row in rows for action in row['needs']})} actions; {len(wrong)} are missing; "
          f"{len(trials)} taken away one by one, {len(unnoticed)} unnoticed")
    return bool(wrong or unnoticed)


if __name__ == "__main__":
    sys.exit(main())
