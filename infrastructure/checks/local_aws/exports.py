"""What stacks export and import: an export in use stays, as in CloudFormation. moto knows exports, not their use."""
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import Export, clean_json

KNOWN = {}  # all exports, by name
USED = {}  # the names that a stack imports, by the stack's id


def keep(stack):
    """After a stack was made or changed: its exports are those of its template now, and so are its imports."""
    resources, names = stack.resource_map, {}
    for output in stack.template_dict.get("Outputs", {}).values():
        if "Export" in output and ("Condition" not in output or resources.lazy_condition_map[output["Condition"]]):
            names[clean_json(output["Export"]["Name"], resources)] = clean_json(output["Value"], resources)
    for name in [name for name, export in KNOWN.items() if export.exporting_stack_id == stack.stack_id and name not in names]:
        refuse_use(name)
        del KNOWN[name]
    KNOWN.update({name: Export(stack.stack_id, name, value) for name, value in names.items()})
    USED[stack.stack_id] = set(imports([item for item in stack.template_dict["Resources"].values()
                                        if "Condition" not in item or resources.lazy_condition_map[item["Condition"]]], resources))


def end(stack):
    """Before a stack goes."""
    for name in [name for name, export in KNOWN.items() if export.exporting_stack_id == stack.stack_id]:
        refuse_use(name)
        del KNOWN[name]
    USED.pop(stack.stack_id, None)


def refuse_use(name):
    if users := [stack.split("/")[1] for stack, names in USED.items() if name in names]:
        raise ValidationError(message=f"Export {name} cannot be deleted as it is in use by {', '.join(users)}")


def imports(node, resources):
    if isinstance(node, list):
        for item in node:
            yield from imports(item, resources)
    elif isinstance(node, dict) and "Fn::If" in node:
        condition, yes, no = node["Fn::If"]
        yield from imports(yes if resources.lazy_condition_map[condition] else no, resources)
    elif isinstance(node, dict):
        for key, item in node.items():
            if key == "Fn::ImportValue":
                yield clean_json(item, resources)
            else:
                yield from imports(item, resources)
