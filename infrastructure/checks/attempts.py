"""Deployments that fail and are tried again, on the local AWS: what is live, and what stays, after each attempt."""
import sys

import sam
from cloud import CommandFailed
from local_aws.engine import FAILING, in_order
from local_aws.parameters import refuse
from stage import bucket_for, end_service, expected, present, served_by, service, sweep
from templates import OPTIONS, ROOT, options, read

sys.path.append(str(ROOT / "eng/delivery"))

from revision import differences, read_by_functions  # pylint: disable=wrong-import-position

SERVICE = "serverless.template"
CANARY = {"BucketName": "canary", "DeploymentPreference": "Canary10Percent5Minutes"}


def all_of(cloud):
    for path in OPTIONS:
        yield f"{path}: a first deployment that fails, and the next: {failed_and_again(cloud, path)} resources"
    existing_detector(cloud)
    yield "infrastructure/guardrails.template: an account that has a detector already"
    new_version(cloud)
    yield "serverless.template: a new package, and the old one again"
    failed_canary(cloud)
    yield "serverless.template: a canary that fails, and the same version again"
    yield f"serverless.template: {parameters_live(cloud)} parameters that functions read, each changed and live"


def refused(cloud, words, *deployment, **named):
    try:
        cloud.deploy(*deployment, **named)
    except CommandFailed as failure:
        if words not in str(failure):
            raise
    else:
        raise AssertionError(f"{deployment[0]}: '{words}' was expected, and the deployment succeeded")


def fullest(template, choices):
    """The last value of each option, or of all but one where the template's rules refuse that."""
    chosen = {name: values[-1] for name, values in choices.items()}
    nearby = (chosen, *({**chosen, name: values[0]} for name, values in choices.items()))
    return next(parameters for parameters in nearby if not refuse(template, parameters))


def failed_and_again(cloud, path):
    """When the last resource of a first deployment fails, nothing is left that stands in the way of the next."""
    template = read(path)
    served = service(cloud, template)
    parameters = bucket_for(cloud, template, "again", served_by(served, fullest(template, options(path, template))))
    made, _ = expected(template, parameters)
    before, ssm = present(cloud), cloud.client("ssm")
    ssm.put_parameter(Name=FAILING, Value=last_of(made, template, parameters), Type="String", Overwrite=True)
    refused(cloud, "was told to fail", "again", path, parameters)
    ssm.delete_parameter(Name=FAILING)
    if cloud.status("again") != "ROLLBACK_COMPLETE":
        raise AssertionError(f"{path}: {cloud.status('again')} after a first deployment that failed")
    if left := {name for name in present(cloud) - before if not kept_by_design(template, name)}:
        raise AssertionError(f"{path}: {sorted(left)} stay after a first deployment that failed")
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "again")
    cloud.deploy("again", path, parameters)
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "again")
    if served:
        end_service(cloud)
    sweep(cloud)
    return len(made)


def last_of(made, template, parameters):
    return [name for name in in_order(sam.expand(template, parameters)["Resources"]) if name in made][-1]


def kept_by_design(template, name):
    """What is Retain: the rule retained-when-in-use says why it must be."""
    return any(item.get("DeletionPolicy") == "Retain" and logical_id in name for logical_id, item in template["Resources"].items())


def existing_detector(cloud):
    """The commonest failure of all: an account has one detector for each region, and often has it already."""
    path, guarded = "infrastructure/guardrails.template", {"BucketName": "guarded"}
    detector = cloud.client("guardduty").create_detector(Enable=True)["DetectorId"]
    refused(cloud, "a detector already exists", "guardrails", path, guarded)
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "guardrails")
    cloud.deploy("guardrails", path, {**guarded, "EnableThreatDetection": "false"})
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "guardrails")
    cloud.client("guardduty").delete_detector(DetectorId=detector)
    sweep(cloud)


def live(cloud, stack, function="ListObjects"):
    """The configuration of the function that the API calls."""
    name = cloud.outputs(stack)[f"{function}Function"]
    return cloud.client("lambda").get_function_configuration(FunctionName=name, Qualifier="live")


def packages(cloud):
    for key in ("1.zip", "2.zip"):
        cloud.upload(key, key)


def new_version(cloud):
    """A new package is a new version behind the alias; the old package brings the old code back."""
    parameters, hashes = {"BucketName": "versions"}, []
    cloud.client("s3").create_bucket(Bucket="versions")
    packages(cloud)
    for key in ("1.zip", "2.zip", "1.zip"):
        cloud.deploy("versions", SERVICE, parameters, key)
        hashes.append(live(cloud, "versions")["CodeSha256"])
    if hashes[0] == hashes[1] or hashes[0] != hashes[2]:
        raise AssertionError(f"the alias does not follow the package: {hashes}")
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "versions")


def failed_canary(cloud):
    """The version of a canary that failed stays in Lambda: the next attempt publishes only with another revision."""
    cloud.client("s3").create_bucket(Bucket=CANARY["BucketName"])
    packages(cloud)
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
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "canary")
    sweep(cloud)


# Another value of each parameter that functions read than the default.
CHANGED = {
    "BucketName": "parameters-2", "EnableTracing": "true", "ExpectedBucketOwner": "999999999999", "ListablePrefixes": "team-a/,shared/", "LogLevel": "DEBUG", "RequestBudget": "1",
    "Grants": '[{"principal":"arn:aws:iam::123456789012:role/team-a","prefixes":["team-a/"]}]', "RequestPayer": "true",
    "ReservedConcurrency": "5", "ScanBudget": "1000",
}


def parameters_live(cloud):
    """Each parameter that functions read is live with a new revision, and is not without one."""
    template = read(SERVICE)
    if missing := set(read_by_functions(template)) ^ CHANGED.keys():
        raise AssertionError(f"nobody changes {sorted(missing)}")
    parameters = {"BucketName": "parameters"}
    for bucket in ("parameters", CHANGED["BucketName"]):
        cloud.client("s3").create_bucket(Bucket=bucket)
    packages(cloud)
    cloud.deploy("parameters", SERVICE, parameters, "1.zip", "0")
    cloud.deploy("parameters", SERVICE, {**parameters, "Grants": CHANGED["Grants"]}, "1.zip", "0")
    if not otherwise(cloud, template, "0"):
        raise AssertionError("grants are live without a new revision: S3LISTER_REVISION is not needed any more")
    for number, (name, value) in enumerate(sorted(CHANGED.items()), 1):
        parameters[name] = value
        cloud.deploy("parameters", SERVICE, parameters, "1.zip", str(number))
        if wrong := otherwise(cloud, template, str(number)):
            raise AssertionError(f"after {name} was changed: {wrong}")
    cloud.aws("cloudformation", "delete-stack", "--stack-name", "parameters")
    sweep(cloud)
    return len(CHANGED)


def otherwise(cloud, template, revision):
    """What the functions that the API calls have otherwise than the stack's parameters say."""
    stack = cloud.client("cloudformation").describe_stacks(StackName="parameters")["Stacks"][0]
    asked = sam.packaged(template)
    asked["Globals"]["Function"]["Environment"]["Variables"]["S3LISTER_REVISION"] = revision
    found = {name: live(cloud, "parameters", name) for name in ("ListObjects", "Summary", "Health")}
    return list(differences(asked, stack, "", found))
