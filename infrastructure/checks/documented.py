"""The commands of the pages, each run as a shell reads it, and what must be true after them."""
import re
import shlex
import sys

from cloud import CommandFailed
from templates import ROOT, read

sys.path.append(str(ROOT / "eng/delivery"))

import template as delivery  # pylint: disable=wrong-import-position

VALUES = {
    "ARTIFACTS": "artifacts-of-readme", "BUCKET": "readme-bucket", "ADMINISTRATOR": "arn:aws:iam::123456789012:role/administrator",
    "ROLE": "invoker", "EMAIL": "security@example.com", "ENDPOINT": "vpce-0123456789abcdef0", "DOMAIN": "objects.example.com",
    "CERTIFICATE": "arn:aws:acm:us-east-1:123456789012:certificate/5a3e4c00-0000-4000-8000-000000000000",
    "TRUSTSTORE": "s3://artifacts/truststore.pem",
}


def text_of(page, heading):
    return (ROOT / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]


def commands_of(text):
    """Those of the console blocks, one line each."""
    return [line for block in re.findall(r"```console\n(.*?)```", text, re.S) for line in block.replace("\\\n", "").strip().splitlines()]


def perform(cloud, command, values=None):
    """Runs a command with values for its placeholders, the words in capitals; deploy-serverless is replaced by what it does."""
    command = re.sub(r"\b([A-Z]{4,})\b", lambda word: {**VALUES, **(values or {})}.get(word[0], word[0]), command)
    words = shlex.split(command)
    if words[0] == "aws":
        cloud.shell(command)
    elif words[:3] == ["dotnet", "lambda", "deploy-serverless"]:
        given = words[words.index("--template-parameters") + 1]
        quoted = re.search(r'--template-substitutions (".*?")', command)[1]
        substitutions = cloud.shell(f"echo {quoted}").strip()
        cloud.deploy(words[words.index("--stack-name") + 1], "serverless.template", dict(pair.split("=", 1) for pair in given.split(";")),
                     template=delivery.apply(read("serverless.template"), substitutions))
    elif words[:3] != ["dotnet", "tool", "install"]:
        raise AssertionError(f"nothing rehearses {command}")


def remain(cloud, *stacks):
    if cloud.stacks() != sorted(stacks):
        raise AssertionError(f"after the commands there are {cloud.stacks()}, not {sorted(stacks)}")
    cloud.end()


def readme(cloud):
    """Every command of the README's section on the deployment."""
    text = text_of("README.md", "Deploy it")
    before = text.split("```console")[0]
    if missing := [need for need in ("Docker", "Amazon Linux 2023", "`zip`", "x86-64", "arm64") if need not in before]:
        raise AssertionError(f"the README names {missing} only after a command that makes something")
    commands = commands_of(text)
    for command in commands:
        if command.endswith("delete-stack --stack-name s3lister"):
            for stack in ("s3lister-bucket", "s3lister-guardrails"):
                protected(cloud, stack)
        perform(cloud, command)
    remain(cloud, "s3lister-bucket", "s3lister-guardrails")
    return len(commands)


def protected(cloud, stack):
    try:
        cloud.delete(stack)
    except CommandFailed:
        return
    raise AssertionError(f"{stack} can be deleted in spite of its protection")


def tokens(cloud):
    """The stack of the API for tokens, a second client, and the deletion."""
    cloud.deploy("s3lister", "serverless.template", {"BucketName": "tokens", "EncryptLogs": "true"})
    commands, values = commands_of(text_of("docs/security.md", "Tokens")), {}
    for command in commands:
        if "POOL" in command:
            values["POOL"] = cloud.outputs("s3lister-tokens")["UserPoolId"]
        perform(cloud, command, values)
        if values:
            clients = cloud.client("cognito-idp").list_user_pool_clients(UserPoolId=values["POOL"], MaxResults=10)["UserPoolClients"]
            values |= {"CLIENT": client["ClientId"] for client in clients}
        if "CLIENT" in command:
            accepted(cloud, values["CLIENT"])
    remain(cloud, "s3lister")
    return len(commands)


def accepted(cloud, client):
    """The authorizer accepts the stack's client and the second one, and the access log has the service's key."""
    audience = cloud.properties("s3lister-tokens", "TokenAuthorizer")["JwtConfiguration"]["Audience"]
    if audience != [cloud.outputs("s3lister-tokens")["MachineClientId"], client]:
        raise AssertionError(f"the API for tokens accepts {audience}")
    key = cloud.properties("s3lister-tokens", "TokenAccessLogGroup").get("KmsKeyId")
    if key != cloud.outputs("s3lister")["LogKeyArn"]:
        raise AssertionError(f"the log of the API for tokens has the key {key}")


def moved(cloud):
    """The commands that move the bucket out of the service's stack, for a stack that was made with the bucket inside."""
    service, data = read("serverless.template"), read("infrastructure/bucket.template")
    inside = {**service, **{part: {**data[part], **service[part]} for part in ("Parameters", "Conditions", "Resources", "Outputs")}}
    given = {"BucketName": "moved", "AdministratorArns": VALUES["ADMINISTRATOR"], "InventoryStackName": ""}
    cloud.deploy("s3lister", "serverless.template", given, template=inside)
    found = {item["logicalId"]: item["physicalId"] for item in cloud.resources()}
    values = {"BUCKET": "moved", "AUDITBUCKET": found["AuditBucket"], "DATAKEY": found["DataKey"]}
    before = held(cloud, values)
    commands = commands_of(text_of("docs/operations.md", "Move the bucket out of the service's stack"))
    for command in commands:
        perform(cloud, command, values)
        if "deploy --stack-name s3lister-bucket" in command:
            before = held(cloud, values)
        elif held(cloud, values) != before:
            raise AssertionError(f"{command}: it should leave the bucket, the key and their policies as they are")
    after = held(cloud, values)
    if "InventoryExportRole" not in after["policy of the bucket"] or VALUES["ADMINISTRATOR"] not in after["policy of the key"]:
        raise AssertionError(f"the last deployment wrote no policies: {after}")
    outputs = cloud.outputs("s3lister-bucket")
    if (outputs["Bucket"], outputs["AuditBucket"], outputs["DataKeyArn"].split("/")[1]) != tuple(values.values()):
        raise AssertionError(f"the stack has others: {outputs}")
    if "No changes to deploy" not in cloud.deploy("s3lister-bucket", "infrastructure/bucket.template", {"BucketName": "moved"}):
        raise AssertionError("a deployment without a change changes something after the import")
    cloud.end()
    return len(commands)


def held(cloud, values):
    """What must stay as it is at every step. A bucket that was deleted and made again would have another date."""
    s3, kms = cloud.client("s3"), cloud.client("kms")
    names = (values["BUCKET"], values["AUDITBUCKET"])
    return {
        "buckets": {item["Name"]: item["CreationDate"] for item in s3.list_buckets()["Buckets"] if item["Name"] in names},
        "policy of the bucket": s3.get_bucket_policy(Bucket=names[0])["Policy"],
        "policy of the audit bucket": s3.get_bucket_policy(Bucket=names[1])["Policy"],
        "policy of the key": kms.get_key_policy(KeyId=values["DATAKEY"], PolicyName="default")["Policy"],
        "key": kms.describe_key(KeyId=values["DATAKEY"])["KeyMetadata"]["KeyState"],
    }


def arm64(cloud):
    """The command that deploys the service on arm64."""
    commands = commands_of(text_of("docs/operations.md", "Deploy on arm64"))
    for command in commands:
        perform(cloud, command)
    for name in delivery.functions(read("serverless.template")):
        if (found := cloud.properties("s3lister", name)["Architectures"]) != ["arm64"]:
            raise AssertionError(f"{name} runs on {found}")
    cloud.end()
    return len(commands)


def edge(cloud):
    """The commands of the REST API, and that it has no cache beside grants."""
    commands = commands_of(text_of("docs/security.md", "The hardened edge"))
    cloud.deploy("s3lister", "serverless.template", {"BucketName": "edge"})
    served = None
    for command in commands:
        perform(cloud, command, {"ARTIFACTS": "artifacts"})
        if "delete-stack" in command:
            break
        before, served = served, cloud.properties("s3lister-edge", "ApiliveStage")["DeploymentId"]
        changes = before is None or any(name in command for name in ("VpcEndpointIds", "DomainName", "RequireClientKey"))
        if changes == (before == served):
            raise AssertionError(f"{command}: the stage has the deployment {before}, then {served}")
        if "CacheSize=0.5" in command:
            grants_and_cache(cloud)
    remain(cloud, "s3lister")
    return len(commands)


def grants_and_cache(cloud):
    """With a cache the service accepts no grants, and with grants the edge accepts no cache."""
    service, edge_stack = ("s3lister", "serverless.template"), ("s3lister-edge", "infrastructure/rest-api.template")
    grants = {"BucketName": "edge", "Grants": '[{"principal":"*","prefixes":["a/"]}]'}
    for stack, parameters, words in ((service, grants, "in use by s3lister-edge"), (edge_stack, {"CacheSize": "0.5"}, "No export named s3lister-CallersAreEqual")):
        if stack == edge_stack:
            cloud.deploy(*edge_stack, {"CacheSize": "0"})
            cloud.deploy(*service, grants)
        try:
            cloud.deploy(*stack, parameters)
        except CommandFailed as refusal:
            if words not in str(refusal):
                raise
        else:
            raise AssertionError("a cache and grants at the same time")
    cloud.deploy(*service, {"BucketName": "edge", "Grants": ""})


PAGES = [
    ("docs/security.md", edge, "of the hardened edge; no cache beside grants"),
    ("docs/security.md", tokens, "of the API for tokens"),
    ("README.md", readme, "of the first deployment and of the deletion"),
    ("docs/operations.md", arm64, "that deploy the service on arm64"),
    ("docs/operations.md", moved, "that move the bucket out of the service's stack"),
]
