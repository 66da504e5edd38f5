#!/usr/bin/env python3
"""Tries the policies of the templates, case by case: policies.table says which principal is allowed to do what, and which is not.

    python3 infrastructure/checks/policies.py               check the table against the templates
    python3 infrastructure/checks/policies.py --markdown    print the table as a page
"""
import json
import subprocess
import sys
from itertools import product

import world
from templates import HERE

TABLE = HERE / "policies.table"
# An object is read with two rights; the second is the key's.
READING = {"read": ("s3:GetObject", "kms:Decrypt"), "write": ("s3:PutObject", "kms:GenerateDataKey")}


def cases():
    """Heading, then who does what on what, in which situation, the result and why. A cell with alternatives stands for a case each."""
    heading = None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("|")]
            for case in product(*map(alternatives, cells[:4])):
                yield heading, [*case, *cells[4:]]


def alternatives(cell):
    """Of "a; b / c": "a; b" and "a; c"."""
    return ["; ".join(choice) for choice in product(*(part.split(" / ") for part in cell.split("; ")))]


def principal(who, stacks):
    """What the simulator needs to know of them: principal, ARN and account, identity policies, permissions boundary."""
    if who == "anybody":
        return "anonymous", "", "", [], None
    if who in world.NAMES["services"]:
        return world.NAMES["services"][who], "", "", [], None
    if arn := world.NAMES["principals with all permissions"].get(who):
        return arn, arn, arn.split(":")[4], [{"name": "everything", "policy": world.EVERYTHING}], None
    name = world.NAMES["roles of the stacks"][who]
    policies = [policy for stack in stacks for policy in stack.identity_policies(name)]
    arn = next((stack.role(name) for stack in stacks if name in stack.of("AWS::IAM::Role")), world.resource(f"role {name}"))
    return arn, arn, world.ACCOUNT, policies, next(filter(None, (stack.boundary(name) for stack in stacks)), None)


def simulation(who, action, thing, situations, built):
    setting = "least" if {"existing bucket", "all options off"} & set(situations) else "all"
    absent = world.BUCKET if "existing bucket" in situations else None
    stacks = [stack for (of, name), stack in built.items() if of == setting and name != absent]
    name, arn, account, policies, boundary = principal(who, stacks)
    if "without IAM" in situations:
        policies = []
    resource = world.resource(thing)
    context = {"aws:SecureTransport": "true", "aws:PrincipalIsAWSService": str(name.endswith(".amazonaws.com")).lower()}
    if who == "GitHub":
        context |= {world.CLAIMS["aud"]: "sts.amazonaws.com", world.CLAIMS["job_workflow_ref"]: ""}
    if action.startswith("s3:"):
        context["s3:TlsVersion"] = "1.3"
    if arn:
        context |= {"aws:PrincipalArn": arn, "aws:PrincipalAccount": account}
    for situation in situations:
        context |= {key: value for key, value in (world.situation(situation) or {}).items() if applies(key, action)}
    found = [policy for stack in stacks if (policy := stack.resource_policy(resource))]
    # A function has the permissions of all stacks that call it.
    policy = {**found[0], "Statement": [item for one in found for item in one["Statement"]]} if found else None
    if "bucket policy gone" in situations and resource.startswith("arn:aws:s3:"):
        policy = None
    if boundary and "boundary of logs alone" in situations:
        boundary = world.ONLY_LOGS
    return {
        "request": {"principal": name, "action": action, "contextVariables": context,
                    "resource": {"resource": resource, "accountId": world.ACCOUNT}},
        "identityPolicies": policies, "serviceControlPolicies": [], "resourceControlPolicies": [],
        **({"resourcePolicy": policy} if policy else {}),
        **({"permissionBoundaryPolicies": [{"name": "boundary", "policy": boundary}]} if boundary else {}),
    }


def applies(key, action):
    """The condition keys of a service apply to its own actions, and those of an upload to uploads."""
    service = key.split(":")[0]
    return service in ("aws", "sts", world.GITHUB) or (action.startswith(f"{service}:") and ("amz" not in key or action == "s3:PutObject"))


def simulations(row, built):
    """One, or two where an object is read or written: then both must be allowed."""
    who, does, on, when = row[:4]
    situations = [part.strip() for part in when.split(";") if part.strip()]
    unknown = [part for part in situations if world.situation(part) is None
               and part not in ("existing bucket", "all options off", "bucket policy gone", "boundary of logs alone", "without IAM")]
    if unknown:
        raise ValueError(f"nobody knows the situation {unknown}")
    if does not in READING:
        return [simulation(who, does, on, situations, built)]
    s3, kms = READING[does]
    return [simulation(who, s3, on, situations, built), simulation(who, kms, "the data key", [*situations, "through S3"], built)]


def simulate(requests):
    """The simulator's results; a fault in one template leaves most simulations of the others as they were, so each is made once."""
    texts = [json.dumps(request, sort_keys=True) for request in requests]
    different = list(dict.fromkeys(texts))
    done = subprocess.run(
        ["node", HERE / "simulate.mjs"], input=f"[{','.join(different)}]", stdout=subprocess.PIPE, text=True, check=True)
    results = dict(zip(different, json.loads(done.stdout)))
    return [results[text] for text in texts]


def failures(changed=None):
    """Cases whose result differs from the table's."""
    return next(iter(failures_of([changed])))


def failures_of(trials):
    """The same for many worlds at once, with one start of the simulator; an exception where a world cannot be made."""
    rows, groups = [row for _, row in cases()], []
    for changed in trials:
        try:
            built = world.build(changed)
            groups.append([simulations(row, built) for row in rows])
        except Exception as broken:
            groups.append(broken)
    results = iter(simulate([request for group in groups if isinstance(group, list) for requests in group for request in requests]))
    for group in groups:
        yield group if isinstance(group, Exception) else [
            wrong for row, requests in zip(rows, group) if (wrong := judge(row, [next(results) for _ in requests]))]


def judge(row, got):
    trouble = [result["error"] for result in got if "error" in result]
    trouble += [f"the simulator ignores {result['ignored']}" for result in got if result.get("ignored")]
    result = "allowed" if not trouble and all(result["allowed"] for result in got) else "denied"
    return f"{' | '.join(row[:4])}: {result}, not {row[4]} {' '.join(trouble)}".rstrip() if trouble or result != row[4] else None


def markdown():
    """The cases as a page."""
    lines, heading = [], None
    for group, (who, does, on, when, result, why) in cases():
        if group != heading:
            heading = group
            lines += ["", f"### {group}", "", "| who | does | on | when | result | because |", "| --- | --- | --- | --- | --- | --- |"]
        action = f"`{does}`" if ":" in does else does
        lines.append(f"| {who} | {action} | {on} | {when} | {'**allowed**' if result == 'allowed' else result} | {why} |")
    return "\n".join(lines[1:]) + "\n"


def main():
    if "--markdown" in sys.argv:
        print(markdown(), end="")
        return False
    wrong = failures()
    if isinstance(wrong, Exception):
        raise wrong
    for line in wrong:
        print(line)
    rows = [row for _, row in cases()]
    print(f"policies: {len(rows)} cases, {sum(row[4] == 'allowed' for row in rows)} allowed, "
          f"{sum(row[4] == 'denied' for row in rows)} denied, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
