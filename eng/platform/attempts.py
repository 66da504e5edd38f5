"""Deployments that fail and are tried again, on the local AWS: what is live, and what stays, after each attempt."""
import sam
from cloud import CommandFailed
from local_aws.engine import FAILING, in_order
from local_aws.parameters import refuse
from stage import bucket_for, expected, present, service, sweep
from templates import OPTIONS, options, read

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
    parameters = {**fullest(template, options(path, template)), **service(cloud, template)}
    parameters = bucket_for(cloud, "again", parameters)
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
    if "ServiceStackName" in parameters:
        cloud.aws("cloudformation", "delete-stack", "--stack-name", "service")
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


def live(cloud, stack):
    """The configuration of the function that the API calls."""
    name = cloud.outputs(stack)["ListObjectsFunction"]
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
