#!/usr/bin/env python3
"""Rehearses deployments of the templates on the local AWS (aws.py).

    python3 eng/platform/rehearse.py [TEMPLATE ...]    all, or these
    python3 eng/platform/rehearse.py --quick           without the combinations

Every template of options.json is deployed with the AWS CLI in combinations in which every two values of two options
meet: created, deployed again without a change, updated to the next combination, deleted. What a deletion leaves must be
what the template says it keeps. Then, with IAM's answers on, the function's role lists its bucket and does nothing else.
"""
import re
import shlex
import sys
import time
import urllib.request

import botocore.exceptions

import attempts
import sam
from cloud import Cloud, CommandFailed
from local_aws.parameters import refuse
from pairwise import combine
from render import Rendering
from stage import bucket_for, end_service, expected, logical_ids, prepare, present, served_by, service, sweep
from templates import OPTIONS, ROOT, options, read


def check(cloud, path, parameters, stack, what):
    made, _ = expected(read(path), parameters)
    there = logical_ids(cloud, stack)
    if made != there:
        raise AssertionError(f"{what}: {sorted(set(made) ^ set(there))} differ")
    outputs = Rendering(sam.expand(read(path), parameters), parameters).outputs()
    if sorted(outputs) != sorted(cloud.outputs(stack)):
        raise AssertionError(f"{what}: the outputs {sorted(set(outputs) ^ set(cloud.outputs(stack)))} differ")


def rehearse(cloud, path):
    template = read(path)
    combinations = combine(options(path, template), lambda chosen: not refuse(template, chosen))
    served, deployments = service(cloud, template), 0
    combinations = [served_by(served, chosen) for chosen in combinations]
    before = present(cloud)
    for number, chosen in enumerate(combinations):
        stack = f"rehearsal-{number}"
        first = bucket_for(cloud, template, f"{number}a", chosen)
        cloud.deploy(stack, path, first)
        check(cloud, path, first, stack, f"{path} created with {first}")
        if "No changes to deploy" not in cloud.deploy(stack, path, first):
            raise AssertionError(f"{path}: a deployment without a change changes something with {first}")
        second = bucket_for(cloud, template, f"{number}b", combinations[(number + 1) % len(combinations)])
        cloud.deploy(stack, path, second)
        check(cloud, path, second, stack, f"{path} updated from {first} to {second}")
        cloud.aws("cloudformation", "delete-stack", "--stack-name", stack)
        gone(cloud, path, first, second, stack, before)
        sweep(cloud, before)
        deployments += 2
    if served:
        end_service(cloud)
        sweep(cloud)
    return len(combinations), deployments


def gone(cloud, path, first, parameters, stack, before):
    """Nothing stays but what the template keeps, or kept when it was updated."""
    _, kept = expected(read(path), parameters)
    retained = {*kept, *expected(read(path), first)[1]}
    buckets = [item["Name"] for item in cloud.client("s3").list_buckets()["Buckets"]]
    groups = {item["logGroupName"] for item in cloud.client("logs").describe_log_groups()["logGroups"]}
    left = {name for name in present(cloud) - before - set(buckets) - groups if not any(item in name for item in retained)}
    if left:
        raise AssertionError(f"{path}: {sorted(left)} stay when {stack} is deleted")
    for bucket in (name for name in kept if name.endswith("Bucket")):
        if not any(bucket.lower() in name or name == parameters.get("BucketName") for name in buckets):
            raise AssertionError(f"{path}: {bucket} is gone with {stack}, and should have been kept")


def least_privilege(cloud):
    """The function's role on the bucket and elsewhere, with IAM's answers on."""
    s3 = cloud.client("s3")
    for bucket in ("listed", "payroll"):
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key="a", Body=b"a")
    cloud.deploy("least", "serverless.template", {"BucketName": "listed"})
    outputs = cloud.outputs("least")
    taken = cloud.client("sts").assume_role(RoleArn=outputs["ListObjectsRoleArn"], RoleSessionName="rehearsal")["Credentials"]
    mine = {"aws_access_key_id": taken["AccessKeyId"], "aws_secret_access_key": taken["SecretAccessKey"], "aws_session_token": taken["SessionToken"]}
    key = cloud.client("kms").create_key()["KeyMetadata"]["KeyId"]

    def answers(on):
        request = urllib.request.Request(f"{cloud.origin}/moto-api/reset-auth", b"0" if on else b"inf", {"Content-Type": "text/plain"})
        urllib.request.urlopen(request).close()

    def role(service):
        return cloud.client(service, **mine)

    denied = {
        "list another bucket": lambda: role("s3").list_objects_v2(Bucket="payroll"),
        "list buckets": lambda: role("s3").list_buckets(),
        "read an object": lambda: role("s3").get_object(Bucket="listed", Key="a"),
        "write an object": lambda: role("s3").put_object(Bucket="listed", Key="b", Body=b""),
        "delete an object": lambda: role("s3").delete_object(Bucket="listed", Key="a"),
        "list versions": lambda: role("s3").list_object_versions(Bucket="listed"),
        "read the bucket's policy": lambda: role("s3").get_bucket_policy(Bucket="listed"),
        "change the bucket's policy": lambda: role("s3").put_bucket_policy(Bucket="listed", Policy="{}"),
        "delete the bucket": lambda: role("s3").delete_bucket(Bucket="payroll"),
        "use a key": lambda: role("kms").generate_data_key(KeyId=key, KeySpec="AES_256"),
        "list topics": lambda: role("sns").list_topics(),
        "describe alarms": lambda: role("cloudwatch").describe_alarms(),
        "list secrets": lambda: role("secretsmanager").list_secrets(),
        "list roles": lambda: role("iam").list_roles(),
        "assume a role": lambda: role("sts").assume_role(RoleArn=outputs["HealthRoleArn"], RoleSessionName="rehearsal"),
        "make a log group": lambda: role("logs").create_log_group(logGroupName="/mine"),
        "read logs": lambda: role("logs").describe_log_groups(),
        "describe the stack": lambda: role("cloudformation").describe_stacks(StackName="least"),
    }
    answers(True)
    try:
        found = role("s3").list_objects_v2(Bucket="listed")["KeyCount"]
        if found != 1:
            raise AssertionError(f"the role lists {found} objects of its bucket")
        for what, call in denied.items():
            try:
                call()
            except botocore.exceptions.ClientError as refusal:
                if refusal.response["ResponseMetadata"]["HTTPStatusCode"] != 403 or "ccessDenied" not in str(refusal):
                    raise AssertionError(f"{what}: {refusal}") from refusal
            else:
                raise AssertionError(f"the function's role may {what}")
    finally:
        answers(False)
    return len(denied)


MINE = {
    "ARTIFACTS": "readme-artifacts", "BUCKET": "readme-bucket", "ADMINISTRATOR": "arn:aws:iam::123456789012:role/administrator",
    "ROLE": "invoker", "EMAIL": "security@example.com",
}


def readme(cloud):
    """Every command of the README's deploy section that is AWS's, and what deploy-serverless does in its place."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## Deploy it\n")[1].split("\n## ")[0]
    before = section.split("```console")[0]
    if unsaid := [need for need in ("Docker", "Amazon Linux 2023", "`zip`", "x86-64", "arm64") if need not in before]:
        raise AssertionError(f"the README names {unsaid} only after a command that makes something")
    commands = [re.sub(r"\b([A-Z]{4,})\b", lambda word: MINE.get(word[0], word[0]), line)
                for block in re.findall(r"```console\n(.*?)```", section, re.S)
                for line in block.replace("\\\n", "").strip().splitlines()]
    for command in commands:
        words = shlex.split(command)
        if words[0] == "aws":
            if words[-2:] == ["--stack-name", "s3lister"] and "delete-stack" in words:
                protected(cloud)
            cloud.shell(command)
        elif words[:3] == ["dotnet", "lambda", "deploy-serverless"]:
            given = words[words.index("--template-parameters") + 1]
            path, _, revision = re.search(r'--template-substitutions (".*?")', command)[1].strip('"').partition("=")
            if path != "$.Globals.Function.Environment.Variables.S3LISTER_REVISION":
                raise AssertionError(f"the README substitutes {path}")
            cloud.deploy(words[words.index("--stack-name") + 1], "serverless.template", dict(pair.split("=", 1) for pair in given.split(";")),
                         revision=cloud.shell(f"echo {revision}").strip())
        elif words[:3] != ["dotnet", "tool", "install"]:
            raise AssertionError(f"nobody rehearses {command}")
    left = [item["StackName"] for item in cloud.client("cloudformation").describe_stacks()["Stacks"]]
    if left != ["s3lister-guardrails"]:
        raise AssertionError(f"after the README's commands there are {left}")
    sweep(cloud)
    return len(commands)


EDGE = {
    "ARTIFACTS": "artifacts", "ROLE": "invoker", "ENDPOINT": "vpce-0123456789abcdef0", "DOMAIN": "objects.example.com",
    "CERTIFICATE": "arn:aws:acm:us-east-1:123456789012:certificate/5a3e4c00-0000-4000-8000-000000000000",
    "TRUSTSTORE": "s3://artifacts/truststore.pem",
}


def edge(cloud):
    """Every command of the page on the hardened edge, as a shell takes it."""
    section = (ROOT / "docs/security.md").read_text(encoding="utf-8").split("\n## The hardened edge\n")[1].split("\n## ")[0]
    commands = [line for block in re.findall(r"```console\n(.*?)```", section, re.S) for line in block.replace("\\\n", "").strip().splitlines()]
    cloud.client("s3").create_bucket(Bucket="edge")
    cloud.deploy("s3lister", "serverless.template", {"BucketName": "edge"})
    served = None
    for command in commands:
        cloud.shell(re.sub(r"\b([A-Z]{4,})\b", lambda word: EDGE.get(word[0], word[0]), command))
        if "delete-stack" in command:
            break
        before, served = served, snapshot(cloud)
        changes = before is None or any(name in command for name in ("VpcEndpointIds", "DomainName", "RequireClientKey"))
        if changes == (before == served):
            raise AssertionError(f"{command}: the API serves {before}, then {served}")
        if "CacheSize=0.5" in command:
            grants_and_cache(cloud)
    left = [item["StackName"] for item in cloud.client("cloudformation").describe_stacks()["Stacks"]]
    if left != ["s3lister"]:
        raise AssertionError(f"after the commands of the edge there are {left}")
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "s3lister")
    sweep(cloud)
    return len(commands)


def snapshot(cloud):
    """The deployment that the stage serves: a new one when the API's definition changed, and only then."""
    outputs = cloud.outputs("s3lister-edge")
    return cloud.client("apigateway").get_stage(restApiId=outputs["RestApiId"], stageName=outputs["RestApiStage"])["deploymentId"]


def grants_and_cache(cloud):
    """With a cache the service takes no grants, and with grants the edge takes no cache."""
    grants = {"BucketName": "edge", "Grants": '[{"principal":"*","prefixes":["a/"]}]'}
    edge = ("s3lister-edge", "infrastructure/rest-api.template")
    try:
        cloud.deploy("s3lister", "serverless.template", grants)
    except CommandFailed as refusal:
        if "in use by s3lister-edge" not in str(refusal):
            raise
    else:
        raise AssertionError("grants beside a cache")
    # The local AWS refuses when the work is done, CloudFormation before it.
    cloud.deploy("s3lister", "serverless.template", {"BucketName": "edge", "Grants": ""})
    cloud.deploy(*edge, {"CacheSize": "0"})
    cloud.deploy("s3lister", "serverless.template", grants)
    try:
        cloud.deploy(*edge, {"CacheSize": "0.5"})
    except CommandFailed as refusal:
        if "No export named s3lister-CallersAreEqual" not in str(refusal):
            raise
    else:
        raise AssertionError("a cache beside grants")
    cloud.deploy("s3lister", "serverless.template", {"BucketName": "edge", "Grants": ""})
    cloud.deploy(*edge, {"CacheSize": "0"})


def protected(cloud):
    """The protection that the README switches on and off does protect."""
    try:
        cloud.aws("cloudformation", "delete-stack", "--stack-name", "s3lister-guardrails")
    except CommandFailed:
        return
    raise AssertionError("a protected stack can be deleted")


def main():
    started = time.monotonic()
    with Cloud() as cloud:
        prepare(cloud)
        for path in [name for name in sys.argv[1:] if name != "--quick"] or ([] if "--quick" in sys.argv else OPTIONS):
            combinations, deployments = rehearse(cloud, path)
            print(f"{path}: {combinations} combinations, {deployments} deployments, as many without a change, "
                  f"{combinations} deletions", flush=True)
        if not sys.argv[1:] or "--quick" in sys.argv:
            print(f"docs/security.md: {edge(cloud)} commands of the hardened edge; no cache beside grants")
            print(f"README.md: {readme(cloud)} commands of the first deployment, and the end of it")
            for line in attempts.all_of(cloud):
                print(line, flush=True)
            print(f"the function's role lists its bucket and is denied {least_privilege(cloud)} other calls")
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, CommandFailed) as failure:
        sys.exit(f"FAILED {failure}")
