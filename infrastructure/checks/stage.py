"""What the rehearsals of deployments share: what must be there before, what a template makes, what is there, and the end of it."""
import sam
from render import Rendering
from templates import read


def prepare(cloud):
    """What the parameters name and no template makes."""
    iam = cloud.client("iam")
    for name in ("invoker", "auditor"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument='{"Version":"2012-10-17","Statement":[]}')
    iam.create_policy(PolicyName="boundary", PolicyDocument=(
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'))


def expected(template, parameters):
    """The types that the template makes with these parameters, and how many of each; and what it keeps at the end."""
    rendering = Rendering(sam.expand(template, parameters), parameters)
    made = rendering.resources()
    return sorted(made), sorted(name for name, item in made.items() if item.get("DeletionPolicy", "").startswith("Retain"))


def logical_ids(cloud, stack):
    found = cloud.client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]
    return sorted(item["LogicalResourceId"] for item in found if "LogicalResourceId" in item)


def present(cloud):
    """What must not stay when its stack goes, with buckets and log groups."""
    return {
        *(item["RoleName"] for item in cloud.client("iam").list_roles()["Roles"]),
        *(item["FunctionName"] for item in cloud.client("lambda").list_functions()["Functions"]),
        *(item["Name"] for item in cloud.client("apigatewayv2").get_apis()["Items"]),
        *(item["name"] for item in cloud.client("apigateway").get_rest_apis()["items"]),
        *(item["name"] for item in cloud.client("apigateway").get_usage_plans()["items"]),
        *(item["name"] for item in cloud.client("apigateway").get_api_keys()["items"]),
        *(item["domainName"] for item in cloud.client("apigateway").get_domain_names()["items"]),
        *(item["Name"] for item in cloud.client("wafv2").list_web_acls(Scope="REGIONAL")["WebACLs"]),
        *(item["AlarmName"] for item in cloud.client("cloudwatch").describe_alarms()["MetricAlarms"]),
        *(item["Name"] for item in cloud.client("s3").list_buckets()["Buckets"]),
        *(item["logGroupName"] for item in cloud.client("logs").describe_log_groups()["logGroups"]),
    }


def sweep(cloud, before=frozenset()):
    """Ends what deletions kept, as an operator would who means it."""
    s3 = cloud.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        if bucket["Name"] != "artifacts" and bucket["Name"] not in before:
            for item in s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
                s3.delete_object(Bucket=bucket["Name"], Key=item["Key"])
            s3.delete_bucket(Bucket=bucket["Name"])
    logs = cloud.client("logs")
    for group in logs.describe_log_groups()["logGroups"]:
        if group["logGroupName"] not in before:
            logs.delete_log_group(logGroupName=group["logGroupName"])
    for role in cloud.client("iam").list_roles()["Roles"]:
        if before and role["RoleName"] not in before:
            end_role(cloud, role["RoleName"])


def end_role(cloud, name):
    iam = cloud.client("iam")
    for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
    iam.delete_role(RoleName=name)


def service(cloud, template):
    """The stack behind another API or a domain name: its functions, its API, that for tokens, and a zone. Nothing for other templates."""
    kinds = {item["Type"] for item in template["Resources"].values()}
    if not kinds & {"AWS::Serverless::Api", "AWS::ApiGatewayV2::ApiMapping", "AWS::ApiGatewayV2::Integration"}:
        return {}
    cloud.client("s3").create_bucket(Bucket="service")
    cloud.deploy("service", "serverless.template", {"BucketName": "service", "EncryptLogs": "true"})
    found = {**cloud.outputs("service"), "ServiceStackName": "service"}
    if "AWS::ApiGatewayV2::ApiMapping" in kinds:
        zone = cloud.client("route53").create_hosted_zone(Name="example.com", CallerReference="rehearsal")["HostedZone"]["Id"].split("/")[-1]
        tokens = read("infrastructure/token-api.template")
        cloud.deploy("service-tokens", "infrastructure/token-api.template", {name: found[name] for name in tokens["Parameters"] if name in found})
        found |= {**cloud.outputs("service-tokens"), "HostedZoneId": zone}
    return {name: found[name] for name in template["Parameters"] if name in found}


def end_service(cloud):
    """And the stack for tokens before it, where there is one."""
    for stack in ("service-tokens", "service"):
        cloud.aws("cloudformation", "delete-stack", "--stack-name", stack)


def served_by(served, chosen):
    """The options chosen, with what is there in the place of each example; an option that is off stays off."""
    return {**chosen, **{name: value for name, value in served.items() if chosen.get(name, value)}}


def makes_bucket(template):
    """Whether the bucket that the parameter BucketName names is the template's own."""
    return any(item["Type"] == "AWS::S3::Bucket" and item.get("Properties", {}).get("BucketName") == {"Ref": "BucketName"}
               for item in template["Resources"].values())


def bucket_for(cloud, template, number, parameters):
    """A bucket that is not the stack's must be there, and one that is must not."""
    name = f"rehearsal-{number}"
    if not makes_bucket(template):
        cloud.client("s3").create_bucket(Bucket=name)
    return {**parameters, "BucketName": name} if "BucketName" in parameters else parameters
