"""Deployments of each template from the first to the deletion: what is live, and what remains, after each attempt."""
import sys

import sam
from cloud import CommandFailed
from local_aws.parameters import refuse
from local_aws.stacks import in_order
from render import Rendering
from templates import ROOT, options, read

sys.path.append(str(ROOT / "eng/delivery"))

from revision import differences  # pylint: disable=wrong-import-position
from revision_test import CHANGED  # pylint: disable=wrong-import-position

SERVICE = "serverless.template"
CANARY = {"BucketName": "canary", "DeploymentPreference": "Canary10Percent5Minutes"}


def refused(cloud, words, *deployment, **named):
    try:
        cloud.deploy(*deployment, **named)
    except CommandFailed as failure:
        if words not in str(failure):
            raise
    else:
        raise AssertionError(f"{deployment[0]}: '{words}' was expected, and the deployment succeeded")


def unchanged(cloud, *deployment):
    if "No changes to deploy" not in cloud.deploy(*deployment):
        raise AssertionError(f"{deployment}: a deployment without a change changes something")


def lives(cloud, paths):
    """Templates that need the service have its outputs and those of the API for tokens in the place of the examples."""
    cloud.deploy("service", SERVICE, {"BucketName": "service", "EncryptLogs": "true"})
    found = {**cloud.outputs("service"), "ServiceStackName": "service"}
    tokens = read("infrastructure/token-api.template")
    cloud.deploy("service-tokens", "infrastructure/token-api.template", {name: found[name] for name in tokens["Parameters"] if name in found})
    found |= cloud.outputs("service-tokens")
    cloud.delete("service-tokens")
    cloud.sweep()
    for path in paths:
        yield f"{path}: {life(cloud, path, found)} resources from a first deployment that fails to the deletion"
    cloud.end()


def parameters(path, template, which, served):
    """The first or last values of all options that the template's rules accept together; an option that is off stays off."""
    choices = options(path, template)
    chosen = {name: values[which] for name, values in choices.items()}
    nearby = (chosen, *({**chosen, name: values[-1 - which]} for name, values in choices.items()))
    chosen = next(candidate for candidate in nearby if not refuse(template, candidate))
    inputs = {name: served[name] for name in chosen if name in served and chosen[name] and name != "BucketName"} if path != SERVICE else {}
    return {**chosen, **inputs}


def life(cloud, path, served):
    template = read(path)
    least, full = (parameters(path, template, which, served) for which in (0, -1))
    made, _ = expected(template, full)

    cloud.fail([name for name in in_order(sam.expand(template, full)["Resources"]) if name in made][-1])
    refused(cloud, "has been made to fail", "life", path, full)
    cloud.fail("")
    if cloud.status("life") != "ROLLBACK_COMPLETE":
        raise AssertionError(f"{path}: {cloud.status('life')} after a first deployment that failed")
    if left := cloud.kept() - {name for name, item in template["Resources"].items() if item.get("DeletionPolicy") == "Retain"}:
        raise AssertionError(f"{path}: {sorted(left)} stay after a first deployment that failed")
    cloud.delete("life")

    for first, then in ((full, least), (least, full)):
        retained = cloud.kept()
        for chosen in (first, then):
            cloud.deploy("life", path, chosen)
            check(cloud, path, chosen)
            retained |= expected(template, chosen)[1]
        unchanged(cloud, "life", path, then)
        cloud.delete("life")
        if cloud.kept() != retained:
            raise AssertionError(f"{path}: {sorted(cloud.kept() ^ retained)} stay or are gone after the deletion, against their DeletionPolicy")
        cloud.sweep()
    return len(made)


def expected(template, chosen):
    """The resources that the template makes with these parameters, and those that a deletion keeps."""
    made = Rendering(sam.expand(template, chosen), chosen).resources()
    return made.keys(), {name for name, item in made.items()
                         if item.get("DeletionPolicy", "").startswith("Retain") and item["Type"] != "AWS::Lambda::Version"}


def check(cloud, path, chosen):
    """The stack has the resources and outputs that the template says."""
    template = read(path)
    there = {item["logicalId"] for item in cloud.resources() if item["stack"] == "life"}
    outputs = Rendering(sam.expand(template, chosen), chosen).outputs()
    if wrong := (expected(template, chosen)[0] ^ there) | (outputs.keys() ^ cloud.outputs("life").keys()):
        raise AssertionError(f"{path} with {chosen}: {sorted(wrong)} differ")


def existing_detector(cloud):
    """The most frequent failure of all: an account has one detector for each region, and often has it already."""
    path, guarded = "infrastructure/guardrails.template", {"BucketName": "guarded"}
    detector = cloud.client("guardduty").create_detector(Enable=True)["DetectorId"]
    refused(cloud, "a detector already exists", "guardrails", path, guarded)
    cloud.delete("guardrails")
    cloud.deploy("guardrails", path, {**guarded, "EnableThreatDetection": "false"})
    cloud.client("guardduty").delete_detector(DetectorId=detector)
    cloud.end()


def of_the_service(cloud):
    for key in ("1.zip", "2.zip"):
        cloud.upload(key, key)
    for rehearsal in (failed_canary, parameters_live):
        yield rehearsal(cloud)
        cloud.end()


def live(cloud, stack, function="ListObjects"):
    """The configuration of the function that the API calls."""
    name = cloud.outputs(stack)[f"{function}Function"]
    return cloud.client("lambda").get_function_configuration(FunctionName=name, Qualifier="live")


def failed_canary(cloud):
    """The version of a canary that failed stays in Lambda: the next attempt publishes only with another revision."""
    cloud.deploy("canary", SERVICE, CANARY, "1.zip", "first")
    before, watch = live(cloud, "canary")["CodeSha256"], cloud.client("cloudwatch")
    alarm = next(name for item in watch.describe_alarms()["MetricAlarms"] if "ListObjectsErrorsAlarm" in (name := item["AlarmName"]))
    watch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="rehearsal")
    refused(cloud, "CodeDeploy stopped", "canary", SERVICE, CANARY, "2.zip", "second")
    if (cloud.status("canary"), live(cloud, "canary")["CodeSha256"]) != ("UPDATE_ROLLBACK_COMPLETE", before):
        raise AssertionError(f"{cloud.status('canary')} after a canary that failed, and another version is live")
    watch.set_alarm_state(AlarmName=alarm, StateValue="OK", StateReason="rehearsal")
    refused(cloud, "A version for this Lambda function exists", "canary", SERVICE, CANARY, "2.zip", "second")
    cloud.deploy("canary", SERVICE, CANARY, "2.zip", "third")
    if live(cloud, "canary")["CodeSha256"] == before:
        raise AssertionError("the second attempt is not live")
    return "a canary that fails, and the same version again"


def parameters_live(cloud):
    """Each parameter that functions read is live with a new revision, and is not without one."""
    cloud.deploy("parameters", SERVICE, {"BucketName": "parameters"}, "1.zip", "0")
    cloud.deploy("parameters", SERVICE, CHANGED, "1.zip", "0")
    if not otherwise(cloud, "0"):
        raise AssertionError("the parameters are live without a new revision: S3LISTER_REVISION is not needed any more")
    cloud.deploy("parameters", SERVICE, CHANGED, "1.zip", "1")
    if wrong := otherwise(cloud, "1"):
        raise AssertionError(f"after all parameters were changed: {wrong}")
    return f"{len(CHANGED)} parameters that functions read, each changed and live"


def otherwise(cloud, revision):
    """What the functions that the API calls have otherwise than the stack's parameters say."""
    stack = cloud.client("cloudformation").describe_stacks(StackName="parameters")["Stacks"][0]
    wanted = sam.packaged(read(SERVICE))
    wanted["Globals"]["Function"]["Environment"]["Variables"]["S3LISTER_REVISION"] = revision
    found = {name: live(cloud, "parameters", name) for name in ("ListObjects", "Summary", "Health", "DescribeAccess")}
    return list(differences(wanted, stack, "", found))
