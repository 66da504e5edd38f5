#!/usr/bin/env python3
"""Rehearses deployments of the templates on the local AWS (aws.py).

    python3 infrastructure/checks/rehearse.py [TEMPLATE ...]    all, or these
    python3 infrastructure/checks/rehearse.py --quick           without the combinations

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


def section(page, heading):
    return (ROOT / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]


def commands_of(text):
    """Those of a page's console blocks, each as a shell takes it."""
    return [line for block in re.findall(r"```console\n(.*?)```", text, re.S) for line in block.replace("\\\n", "").strip().splitlines()]


def perform(cloud, command, mine):
    """A command of a page, with what is mine in the place of what is in capitals; and what deploy-serverless does in its place."""
    command = re.sub(r"\b([A-Z]{4,})\b", lambda word: mine.get(word[0], word[0]), command)
    words = shlex.split(command)
    if words[0] == "aws":
        cloud.shell(command)
    elif words[:3] == ["dotnet", "lambda", "deploy-serverless"]:
        given = words[words.index("--template-parameters") + 1]
        path, _, revision = re.search(r'--template-substitutions (".*?")', command)[1].strip('"').partition("=")
        if path != "$.Globals.Function.Environment.Variables.S3LISTER_REVISION":
            raise AssertionError(f"a page substitutes {path}")
        cloud.deploy(words[words.index("--stack-name") + 1], "serverless.template", dict(pair.split("=", 1) for pair in given.split(";")),
                     revision=cloud.shell(f"echo {revision}").strip())
    elif words[:3] != ["dotnet", "tool", "install"]:
        raise AssertionError(f"nobody rehearses {command}")


def stacks(cloud):
    return sorted(item["StackName"] for item in cloud.client("cloudformation").describe_stacks()["Stacks"])


def readme(cloud):
    """Every command of the README's deploy section that is AWS's, and what deploy-serverless does in its place."""
    text = section("README.md", "Deploy it")
    before = text.split("```console")[0]
    if unsaid := [need for need in ("Docker", "Amazon Linux 2023", "`zip`", "x86-64", "arm64") if need not in before]:
        raise AssertionError(f"the README names {unsaid} only after a command that makes something")
    commands = commands_of(text)
    for command in commands:
        if command.endswith("delete-stack --stack-name s3lister"):
            for stack in ("s3lister-bucket", "s3lister-guardrails"):
                protected(cloud, stack)
        perform(cloud, command, MINE)
    if stacks(cloud) != ["s3lister-bucket", "s3lister-guardrails"]:
        raise AssertionError(f"after the README's commands there are {stacks(cloud)}")
    end(cloud)
    return len(commands)


def end(cloud):
    """All stacks, protected or not, and what they keep."""
    for stack in stacks(cloud):
        cloud.aws("cloudformation", "update-termination-protection", "--stack-name", stack, "--no-enable-termination-protection")
        cloud.aws("cloudformation", "delete-stack", "--stack-name", stack)
    sweep(cloud)


def tokens(cloud):
    """Every command for the API for tokens: its stack beside the service's, a client more, and the end of it."""
    cloud.client("s3").create_bucket(Bucket="tokens")
    cloud.deploy("s3lister", "serverless.template", {"BucketName": "tokens", "EncryptLogs": "true"})
    commands, mine = commands_of(section("docs/security.md", "Tokens")), {}
    for command in commands:
        if "POOL" in command:
            mine["POOL"] = cloud.outputs("s3lister-tokens")["UserPoolId"]
        perform(cloud, command, mine)
        if mine:
            mine["CLIENT"] = newest_client(cloud, mine["POOL"])
        if "CLIENT" in command:
            accepted(cloud, mine["CLIENT"])
    if stacks(cloud) != ["s3lister"]:
        raise AssertionError(f"after the commands for tokens there are {stacks(cloud)}")
    end(cloud)
    return len(commands)


def newest_client(cloud, pool):
    """The client that is not the stack's own; none yet is as good."""
    own = cloud.outputs("s3lister-tokens").get("MachineClientId") if "s3lister-tokens" in stacks(cloud) else None
    clients = [item["ClientId"] for item in cloud.client("cognito-idp").list_user_pool_clients(UserPoolId=pool, MaxResults=10)["UserPoolClients"]]
    return next((client for client in clients if client != own), own)


def accepted(cloud, client):
    """The authorizer accepts the stack's client and the further one, and writes its log with the service's key."""
    outputs, resource = cloud.outputs("s3lister-tokens"), {"StackName": "s3lister-tokens", "LogicalResourceId": "TokenAuthorizer"}
    authorizer = cloud.client("cloudformation").describe_stack_resource(**resource)["StackResourceDetail"]["PhysicalResourceId"]
    audience = cloud.client("apigatewayv2").get_authorizer(ApiId=outputs["TokenApiId"], AuthorizerId=authorizer)["JwtConfiguration"]["Audience"]
    if audience != [outputs["MachineClientId"], client]:
        raise AssertionError(f"the API for tokens accepts {audience}")
    group = next(item for item in cloud.client("logs").describe_log_groups()["logGroups"] if item["logGroupName"] == outputs["TokenApiAccessLogGroupName"])
    if group.get("kmsKeyId") != cloud.outputs("s3lister")["LogKeyArn"]:
        raise AssertionError(f"the log of the API for tokens has the key {group.get('kmsKeyId')}")


def moved(cloud):
    """Every command that moves the bucket out of the service's stack, for a stack that was made with the bucket inside."""
    service, data = read("serverless.template"), read("infrastructure/bucket.template")
    inside = {**service, **{part: {**data[part], **service[part]} for part in ("Parameters", "Conditions", "Resources", "Outputs")}}
    given = {"BucketName": "moved", "AdministratorArns": MINE["ADMINISTRATOR"], "InventoryStackName": ""}
    cloud.deploy("s3lister", "serverless.template", given, template=inside)
    found = {item["LogicalResourceId"]: item["PhysicalResourceId"]
             for item in cloud.client("cloudformation").describe_stack_resources(StackName="s3lister")["StackResources"] if "LogicalResourceId" in item}
    mine = {**MINE, "BUCKET": "moved", "AUDITBUCKET": found["AuditBucket"], "DATAKEY": found["DataKey"]}
    before = held(cloud, mine)
    commands = commands_of(section("docs/operations.md", "Move the bucket out of the service's stack"))
    for command in commands:
        perform(cloud, command, mine)
        if "deploy --stack-name s3lister-bucket" in command:
            before = held(cloud, mine)
        elif held(cloud, mine) != before:
            raise AssertionError(f"{command}: it should leave the bucket, the key and their policies as they are")
    after = held(cloud, mine)
    if "InventoryExportRole" not in after["policy of the bucket"] or MINE["ADMINISTRATOR"] not in after["policy of the key"]:
        raise AssertionError(f"the last deployment wrote no policies: {after}")
    kept = cloud.outputs("s3lister-bucket")
    if (kept["Bucket"], kept["AuditBucket"], kept["DataKeyArn"].split("/")[1]) != (mine["BUCKET"], mine["AUDITBUCKET"], mine["DATAKEY"]):
        raise AssertionError(f"the stack has others: {kept}")
    if "No changes to deploy" not in cloud.deploy("s3lister-bucket", "infrastructure/bucket.template", {"BucketName": mine["BUCKET"]}):
        raise AssertionError("a deployment without a change changes something after the import")
    end(cloud)
    return len(commands)


def held(cloud, mine):
    """What must hold all the time, and what each policy says. No object can be put: the local AWS takes each Deny of a bucket's
    policy without its condition. A bucket that was made anew would have another date."""
    s3, kms = cloud.client("s3"), cloud.client("kms")
    return {
        "buckets": {item["Name"]: item["CreationDate"] for item in s3.list_buckets()["Buckets"] if item["Name"] in (mine["BUCKET"], mine["AUDITBUCKET"])},
        "policy of the bucket": s3.get_bucket_policy(Bucket=mine["BUCKET"])["Policy"],
        "policy of the audit bucket": s3.get_bucket_policy(Bucket=mine["AUDITBUCKET"])["Policy"],
        "policy of the key": kms.get_key_policy(KeyId=mine["DATAKEY"], PolicyName="default")["Policy"],
        "key": kms.describe_key(KeyId=mine["DATAKEY"])["KeyMetadata"]["KeyState"],
    }


EDGE = {
    "ARTIFACTS": "artifacts", "ROLE": "invoker", "ENDPOINT": "vpce-0123456789abcdef0", "DOMAIN": "objects.example.com",
    "CERTIFICATE": "arn:aws:acm:us-east-1:123456789012:certificate/5a3e4c00-0000-4000-8000-000000000000",
    "TRUSTSTORE": "s3://artifacts/truststore.pem",
}


def edge(cloud):
    """Every command of the page on the hardened edge, as a shell takes it."""
    commands = commands_of(section("docs/security.md", "The hardened edge"))
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
    if stacks(cloud) != ["s3lister"]:
        raise AssertionError(f"after the commands of the edge there are {stacks(cloud)}")
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


def protected(cloud, stack):
    """The protection that the README switches on and off does protect."""
    try:
        cloud.aws("cloudformation", "delete-stack", "--stack-name", stack)
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
            print(f"docs/security.md: {tokens(cloud)} commands of the API for tokens")
            print(f"README.md: {readme(cloud)} commands of the first deployment, and the end of it")
            print(f"docs/operations.md: {moved(cloud)} commands that move the bucket out of the service's stack")
            for line in attempts.all_of(cloud):
                print(line, flush=True)
            print(f"the function's role lists its bucket and is denied {least_privilege(cloud)} other calls")
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, CommandFailed) as failure:
        sys.exit(f"FAILED {failure}")
