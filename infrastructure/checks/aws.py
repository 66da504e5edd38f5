#!/usr/bin/env python3
"""A local AWS for rehearsals of deployments. It cannot reach a real account.

    python3 infrastructure/checks/aws.py [--port 0]

CloudFormation and Lambda are those of local_aws/, every other service is moto's. Prints "ready http://127.0.0.1:PORT" and serves until
it is ended. Account 123456789012; any credentials do. Not imitated: alarms are not evaluated (set-alarm-state sets them), no traffic is
shifted, though a deployment with an alarm in ALARM is rolled back, and IAM allows everything.

For rehearsals: PUT /rehearsal/failing with the logical id of a resource that is to fail, GET /rehearsal/resources for all resources
with their properties, DELETE /rehearsal/resources to end those that deletions have kept.
"""
import argparse
import json
import logging
import os
import re
import signal
import sys
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")

# pylint: disable=wrong-import-position
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from local_aws import resources, stacks
from local_aws.stacks import CHANGE_SETS, STACKS, ChangeSet, Refused, Stack

moto = DomainDispatcherApplication(create_backend_app)


def application(environ, start_response):
    request = Request(environ)
    service = re.search(r"Credential=[^/]+/\d+/[^/]+/([a-z0-9-]+)/", request.headers.get("Authorization", ""))
    if request.path == "/moto-api/reset":
        stacks.reset()
    elif request.path.startswith("/rehearsal/"):
        return rehearsal(request)(environ, start_response)
    elif service and service[1] in SERVICES:
        return SERVICES[service[1]](request)(environ, start_response)
    return moto(environ, start_response)


def rehearsal(request):
    if request.path == "/rehearsal/failing":
        stacks.FAILING["logical_id"] = request.get_data(as_text=True) or None
    elif request.method == "DELETE":
        for kept in [made for made in reversed(resources.EXISTING.values()) if made.stack is None]:
            kept.delete()
    return Response(json.dumps([
        {"stack": made.stack, "type": made.type, "logicalId": made.logical_id, "physicalId": made.physical_id, "properties": made.properties}
        for made in resources.EXISTING.values()]), mimetype="application/json")


def cloudformation(request):
    call = nested(parse_qsl(request.get_data(as_text=True), keep_blank_values=True))
    action = call["Action"]
    try:
        found = ACTIONS[action](call) or {}
        return Response(f"<{action}Response><{action}Result>{xml(found)}</{action}Result></{action}Response>", mimetype="text/xml")
    except Refused as refusal:
        return Response(f"<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>{escape(str(refusal))}</Message></Error></ErrorResponse>",
                        400, mimetype="text/xml")


def nested(pairs):
    """A.member.1.B=c becomes {"A": [{"B": "c"}]}; entries with key and value become a dictionary."""
    root = {}
    for path, value in pairs:
        *way, last = path.split(".")
        node = root
        for name in way:
            node = node.setdefault(name, {})
        node[last] = value

    def lists(node):
        if not isinstance(node, dict):
            return node
        if node.keys() == {"member"}:
            return [lists(node["member"][number]) for number in sorted(node["member"], key=int)]
        if node.keys() == {"entry"}:
            return {entry["key"]: entry["value"] for entry in node["entry"].values()}
        return {name: lists(item) for name, item in node.items()}

    return lists(root)


def xml(node):
    if isinstance(node, dict):
        return "".join(f"<{name}>{xml(item)}</{name}>" for name, item in node.items() if item is not None)
    if isinstance(node, list):
        return "".join(f"<member>{xml(item)}</member>" for item in node)
    return escape(str(node).lower() if isinstance(node, bool) else str(node))


def stack_of(call):
    for stack in STACKS.values():
        if call["StackName"] in (stack.name, stack.id):
            return stack
    raise Refused(f"Stack with id {call['StackName']} does not exist")


def change_set_of(call):
    for change_set in CHANGE_SETS.values():
        if call["ChangeSetName"] in (change_set.id, change_set.name) and call.get("StackName", change_set.stack.name) == change_set.stack.name:
            return change_set
    raise Refused(f"ChangeSet [{call['ChangeSetName']}] does not exist")


def described(stack):
    return {
        "StackName": stack.name, "StackId": stack.id, "StackStatus": stack.status, "CreationTime": "2026-01-01T00:00:00Z",
        "EnableTerminationProtection": stack.protected,
        "Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in stack.given.items()],
        "Tags": [{"Key": name, "Value": value} for name, value in stack.tags.items()],
        "Outputs": [{"OutputKey": name, "OutputValue": value, "ExportName": export} for name, value, export in stack.outputs],
    }


def resources_of(stack):
    return [{"StackName": stack.name, "LogicalResourceId": name, "PhysicalResourceId": made.physical_id, "ResourceType": made.type,
             "ResourceStatus": "CREATE_COMPLETE"} for name, made in stack.resources.items()]


def describe_stacks(call):
    return {"Stacks": [described(stack) for stack in ([stack_of(call)] if "StackName" in call else STACKS.values())]}


def create_change_set(call):
    name, kind = call["StackName"], call.get("ChangeSetType", "UPDATE")
    stack = stack_of(call) if kind == "UPDATE" else STACKS.get(name) or Stack(name)
    tags = {tag["Key"]: tag["Value"] for tag in call.get("Tags") or []}
    change_set = ChangeSet(stack, kind, template_of(call), call.get("Parameters") or [], tags, call.get("ResourcesToImport") or [])
    change_set.name = call["ChangeSetName"]
    STACKS[stack.name] = stack
    CHANGE_SETS[change_set.id] = change_set
    return {"Id": change_set.id, "StackId": stack.id}


def template_of(call):
    """In the request, or, as one of more than 51,200 bytes must be, in a bucket."""
    if "TemplateBody" in call:
        return call["TemplateBody"]
    bucket, key = unquote(urlsplit(call["TemplateURL"]).path).lstrip("/").split("/", 1)
    return resources.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()


def describe_change_set(call):
    change_set = change_set_of(call)
    state = {"Status": "FAILED", "StatusReason": stacks.NO_CHANGES} if change_set.is_empty else {"Status": "CREATE_COMPLETE"}
    changes = [{"Type": "Resource", "ResourceChange": {"Action": action, "LogicalResourceId": name, "ResourceType": kind}}
               for action, name, kind in change_set.changes]
    return {"ChangeSetId": change_set.id, "ChangeSetName": change_set.name, "StackName": change_set.stack.name, "StackId": change_set.stack.id,
            "ExecutionStatus": "UNAVAILABLE" if change_set.is_empty else "AVAILABLE", "Changes": changes, **state}


def execute_change_set(call):
    change_set = change_set_of(call)
    change_set.execute()
    del CHANGE_SETS[change_set.id]


def delete_stack(call):
    if call["StackName"] in STACKS:
        stack_of(call).delete()


def protect(call):
    stack_of(call).protected = call["EnableTerminationProtection"] == "true"
    return {"StackId": stack_of(call).id}


ACTIONS = {
    "CreateChangeSet": create_change_set, "DeleteChangeSet": lambda call: CHANGE_SETS.pop(change_set_of(call).id) and {},
    "DeleteStack": delete_stack, "DescribeChangeSet": describe_change_set,
    "DescribeStackEvents": lambda call: {"StackEvents": stack_of(call).events},
    "DescribeStackResources": lambda call: {"StackResources": resources_of(stack_of(call))},
    "DescribeStacks": describe_stacks, "ExecuteChangeSet": execute_change_set,
    "GetTemplate": lambda call: {"TemplateBody": json.dumps(stack_of(call).template)},
    "GetTemplateSummary": lambda call: {"Parameters": [{"ParameterKey": name} for name in stack_of(call).given]},
    "ListStackResources": lambda call: {"StackResourceSummaries": resources_of(stack_of(call))},
    "SetStackPolicy": lambda call: stack_of(call) and {}, "UpdateTerminationProtection": protect,
}


def awslambda(request):
    """GetFunctionConfiguration and UpdateAlias."""
    name, *rest = request.path.split("/functions/")[1].split("/")
    function = resources.function(unquote(name))
    if rest[0] == "aliases":
        function.aliases[rest[1]] = request.get_json()["FunctionVersion"]
    return Response(json.dumps(function.at(request.args.get("Qualifier", "$LATEST"))), mimetype="application/json")


SERVICES = {"cloudformation": cloudformation, "lambda": awslambda}


def main():
    arguments = argparse.ArgumentParser(description="An AWS on this machine to rehearse deployments on.")
    arguments.add_argument("--port", type=int, default=0, help="0 for one that is free")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", arguments.parse_args().port, application, threaded=True)
    resources.ORIGIN = f"http://127.0.0.1:{server.port}"
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit())
    print(f"ready {resources.ORIGIN}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
