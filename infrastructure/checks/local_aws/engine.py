"""Creates, updates and deletes stacks: moto's, with the transform, and with updates and deletions in order."""
import json
import re
from urllib.parse import unquote, urlsplit

from botocore.exceptions import ClientError
from moto.cloudformation import models, parsing, responses
from moto.core.responses import ActionResult
from moto.cloudformation.exceptions import ValidationError

import sam
from local_aws import compute, exports, identity, imports, parameters, resource, rest, storage, watch  # noqa: F401 (they register themselves)

FAILING = "/rehearsal/failing"  # a parameter of SSM

_moto_class = parsing.resource_class_from_type
_moto_name = parsing.resource_name_property_from_type


def install():
    """Puts this in the place of what moto does. Once."""
    compute.install()
    parsing.clean_json = without_no_value(parsing.clean_json)
    parsing.resource_class_from_type = class_of
    parsing.resource_name_property_from_type = name_property_of
    parsing.ResourceMap.update = update
    parsing.ResourceMap.delete = delete
    models.ChangeSet.apply = apply
    imports.install()
    models.CloudFormationBackend.execute_change_set = rolled_back(models.CloudFormationBackend.execute_change_set)
    responses.CloudFormationResponse.update_termination_protection = protect
    models.CloudFormationBackend.delete_stack = unless_protected(models.CloudFormationBackend.delete_stack)
    backend = models.CloudFormationBackend
    for name in ("create_stack", "update_stack", "create_change_set"):
        setattr(backend, name, transforming(getattr(backend, name)))
    responses.get_stack_from_s3_url = template_at
    # moto gives lists back as lists, which the next call with "use the previous value" then cannot read.
    before = models.Stack.stack_parameters.fget
    models.Stack.stack_parameters = property(lambda stack: {
        name: ",".join(value) if isinstance(value, list) else str(value) for name, value in before(stack).items()})


class RolledBack(Exception):
    """The stack is as it was before the change set was executed."""


def rolled_back(execute_change_set):
    """A resource that fails is no failure of the call: the stack says what has become of it."""
    def inner(self, change_set_name, stack_name=None):
        try:
            execute_change_set(self, change_set_name, stack_name)
        except RolledBack:
            pass

    return inner


def apply(change_set):
    """moto forgets the outputs, the parameters and the tags of a stack that a change set made, and knows no rollback."""
    stack = change_set.stack
    try:
        stack.resource_map.update(change_set.template_dict, change_set.parameters)
    except Exception as failure:
        stack.status = "ROLLBACK_COMPLETE" if change_set.change_set_type == "CREATE" else "UPDATE_ROLLBACK_COMPLETE"
        stack._add_stack_event(stack.status, resource_status_reason=str(failure))
        change_set.execution_status = "EXECUTE_FAILED"
        raise RolledBack from failure
    stack.template, stack.parameters = change_set.template, change_set.parameters
    stack.template_dict = change_set.template_dict
    stack.tags = change_set.tags or stack.tags
    stack.output_map = parsing.OutputMap(stack.resource_map, stack.template_dict, stack.stack_id)
    exports.keep(stack)


def without_no_value(clean):
    """AWS::NoValue leaves nothing in a list either; moto leaves None."""
    def cleaned(node, resources):
        made = clean(node, resources)
        return [item for item in made if item is not None] if isinstance(node, list) else made

    return cleaned


def protect(response):
    """UpdateTerminationProtection, which moto has not."""
    stack = response.cloudformation_backend.get_stack(response._get_param("StackName"))
    stack.enable_termination_protection = str(response._get_param("EnableTerminationProtection")).lower() == "true"
    return ActionResult({"StackId": stack.stack_id})


def unless_protected(delete_stack):
    def inner(self, name_or_stack_id):
        if any(stack.enable_termination_protection for stack in self.stacks.values() if name_or_stack_id in (stack.name, stack.stack_id)):
            raise ValidationError(message=f"Stack [{name_or_stack_id}] cannot be deleted while TerminationProtection is enabled")
        for stack in [stack for stack in self.stacks.values() if name_or_stack_id in (stack.name, stack.stack_id)]:
            exports.end(stack)
            self.exports.update({export.name: export for export in stack.exports})
        return delete_stack(self, name_or_stack_id)
    return inner


def template_at(url, **_):
    """A template that was uploaded, as one above 51,200 bytes must be; moto takes AWS's own host names only."""
    bucket, key = unquote(urlsplit(url).path).lstrip("/").split("/", 1)
    return resource.client("s3", "us-east-1").get_object(Bucket=bucket, Key=key)["Body"].read().decode()


def class_of(cloudformation_type):
    if cloudformation_type in resource.KINDS:
        return resource.KINDS[cloudformation_type]
    if cloudformation_type in parsing.get_model_map():
        return _moto_class(cloudformation_type)
    return type("Recorded", (resource.Resource,), {"type": cloudformation_type})


def name_property_of(cloudformation_type):
    if cloudformation_type in parsing.get_model_map() and cloudformation_type not in resource.KINDS:
        return _moto_name(cloudformation_type)
    return class_of(cloudformation_type).name_property


def transforming(call):
    """A call with the template expanded, its parameters checked, and one without a change recognized as that."""
    def inner(self, *arguments, **named):
        template, given = sam.parse(named["template"]), named.get("parameters") or {}
        if not isinstance(given, dict):
            previous = self.get_stack(named["name"]).stack_parameters if "name" in named else {}
            given = {item["ParameterKey"]: item.get("ParameterValue", previous.get(item["ParameterKey"])) for item in given}
        if reason := parameters.refuse(template, given):
            raise ValidationError(message=reason)
        named["template"] = json.dumps(sam.expand(template, given))
        if named.get("change_set_type") == "UPDATE":
            stack = self.get_stack(named["stack_name"])
            if stack.status == "ROLLBACK_COMPLETE":
                raise ValidationError(message=f"Stack:{stack.stack_id} is in ROLLBACK_COMPLETE state and can not be updated.")
            now, then = parameters.effective(template, given), stack.stack_parameters
            if now == {name: then.get(name) for name in now}:
                named["parameters"] = {name: value for name, value in stack.parameters.items() if name in now}
        return call(self, *arguments, **named)
    return inner


def references(value):
    """The names that a piece of a template refers to."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    found = set()
    for key, item in value.items():
        if key == "Ref":
            found.add(item)
        elif key == "Fn::GetAtt":
            found.add(item[0] if isinstance(item, list) else item.split(".")[0])
        elif key == "Fn::Sub":
            text = item[0] if isinstance(item, list) else item
            found |= {name.split(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", text)}
        elif key == "DependsOn":
            found |= {item} if isinstance(item, str) else set(item)
        found |= references(item)
    return found


def in_order(resources):
    """Names of the resources, each after what it refers to."""
    order = []

    def visit(name, above):
        if name in order or name in above:
            return
        for other in sorted(references(resources[name]) & resources.keys()):
            visit(other, above | {name})
        order.append(name)

    for name in resources:
        visit(name, frozenset())
    return order


def resolved(stack):
    """The resources whose condition holds, with all values in place."""
    found = {}
    for name in wanted(stack):
        item = stack._resource_json_map[name]
        if stack._parsed_resources.get(name) is not None:
            found[name] = parsing.clean_json({key: value for key, value in item.items() if key != "Condition"}, stack)
    return found


def update(stack, template, parameters=None):
    """As CloudFormation does: new and changed resources first, in order, then away with the rest; all back when one fails."""
    stack.cross_stack_resources = exports.KNOWN
    before, old = resolved(stack), (stack._template, stack.input_parameters)
    load(stack, template, parameters or stack.input_parameters)
    touched = []
    try:
        make_and_change(stack, before, touched)
    except Exception:
        roll_back(stack, before, old, touched)
        raise
    kept = wanted(stack)
    for name in reversed(list(before)):
        if name not in kept:
            remove(stack, name, old[0]["Resources"][name])


def load(stack, template, given):
    stack._template, stack._resource_json_map, stack.input_parameters = template, template.get("Resources", {}), given
    stack.load_mapping()
    stack.load_parameters()
    stack.load_conditions()


def wanted(stack):
    """The names of the resources that the template has, in order, where their condition holds."""
    items = stack._resource_json_map
    return [name for name in in_order(items) if "Condition" not in items[name] or stack.lazy_condition_map[items[name]["Condition"]]]


def failing():
    """The logical id of the resource that is to fail, as a rehearsal said it; None for none."""
    try:
        return resource.client("ssm", "us-east-1").get_parameter(Name=FAILING)["Parameter"]["Value"]
    except ClientError:
        return None


def make_and_change(stack, before, touched):
    fails = failing()
    for name in wanted(stack):
        item = stack._resource_json_map[name]
        if name == fails:
            raise ValueError(f"{name} was told to fail")
        if name not in before:
            stack._parsed_resources.pop(name, None)
            _ = stack[name]
            touched.append(name)
            continue
        now = parsing.clean_json({key: value for key, value in item.items() if key != "Condition"}, stack)
        if now != before[name]:
            touched.append(name)
            change(stack, name)


def change(stack, name):
    stack._parsed_resources[name] = parsing.parse_and_update_resource(
        name, stack._resource_json_map[name], stack, account_id=stack._account_id, region_name=stack._region_name) \
        or stack._parsed_resources[name]


def roll_back(stack, before, old, touched):
    """What was changed is changed back, what was made is deleted: but what is Retain stays, as it does in CloudFormation."""
    items = stack._resource_json_map
    made = [(name, items[name], parsing.clean_json(items[name], stack), stack._parsed_resources[name]) for name in touched if name not in before]
    if before:
        load(stack, *old)
    for name in touched:
        if name in before:
            change(stack, name)
    for name, item, cleaned, resource_made in reversed(made):
        stack._parsed_resources.pop(name)
        if item.get("DeletionPolicy") != "Retain":
            stack._delete_resource(resource_made, cleaned)
    if not before:
        stack._resource_json_map = {}


def delete(stack):
    present = [name for name in in_order(stack._resource_json_map) if stack._parsed_resources.get(name) is not None]
    for name in reversed(present):
        remove(stack, name, stack._resource_json_map[name])


def remove(stack, name, item):
    made = stack._parsed_resources.pop(name)
    if item.get("DeletionPolicy") not in ("Retain", "RetainExceptOnCreate"):
        stack._delete_resource(made, parsing.clean_json(item, stack))
