"""Creates, updates and deletes stacks: moto's, with the transform, and with updates and deletions in order."""
import json
import re
from urllib.parse import unquote, urlsplit

from moto.cloudformation import models, parsing, responses
from moto.core.responses import ActionResult
from moto.cloudformation.exceptions import ValidationError

import sam
from local_aws import compute, exports, identity, parameters, resource, rest, storage, watch  # noqa: F401 (they register themselves)

_moto_class = parsing.resource_class_from_type
_moto_name = parsing.resource_name_property_from_type


def install():
    """Puts this in the place of what moto does. Once."""
    parsing.clean_json = without_no_value(parsing.clean_json)
    parsing.resource_class_from_type = class_of
    parsing.resource_name_property_from_type = name_property_of
    parsing.ResourceMap.update = update
    parsing.ResourceMap.delete = delete
    models.ChangeSet.apply = apply
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


def apply(change_set):
    """moto forgets the outputs, the parameters and the tags of a stack that a change set made."""
    stack = change_set.stack
    stack.resource_map.update(change_set.template_dict, change_set.parameters)
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
            now, then = parameters.effective(template, given), stack.stack_parameters
            if now == {name: then.get(name) for name in now}:
                named["parameters"] = stack.parameters
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
    for name in in_order(stack._resource_json_map):
        item = stack._resource_json_map[name]
        if "Condition" in item and not stack.lazy_condition_map[item["Condition"]]:
            continue
        if stack._parsed_resources.get(name) is not None:
            found[name] = parsing.clean_json({key: value for key, value in item.items() if key != "Condition"}, stack)
    return found


def update(stack, template, parameters=None):
    """As CloudFormation does: new and changed resources first, in order, then away with the rest."""
    stack.cross_stack_resources = exports.KNOWN
    before, old = resolved(stack), stack._resource_json_map
    stack._template, stack._resource_json_map = template, template["Resources"]
    if parameters:
        stack.input_parameters = parameters
    stack.load_mapping()
    stack.load_parameters()
    stack.load_conditions()
    wanted = []
    for name in in_order(stack._resource_json_map):
        item = stack._resource_json_map[name]
        if "Condition" in item and not stack.lazy_condition_map[item["Condition"]]:
            continue
        wanted.append(name)
        if name not in before:
            stack._parsed_resources.pop(name, None)
            _ = stack[name]
            continue
        now = parsing.clean_json({key: value for key, value in item.items() if key != "Condition"}, stack)
        if now != before[name]:
            stack._parsed_resources[name] = parsing.parse_and_update_resource(
                name, item, stack, account_id=stack._account_id, region_name=stack._region_name) \
                or stack._parsed_resources[name]
    for name in reversed(list(before)):
        if name not in wanted:
            remove(stack, name, old[name])


def delete(stack):
    present = [name for name in in_order(stack._resource_json_map) if stack._parsed_resources.get(name) is not None]
    for name in reversed(present):
        remove(stack, name, stack._resource_json_map[name])


def remove(stack, name, item):
    made = stack._parsed_resources.pop(name)
    if item.get("DeletionPolicy") not in ("Retain", "RetainExceptOnCreate"):
        stack._delete_resource(made, parsing.clean_json(item, stack))
