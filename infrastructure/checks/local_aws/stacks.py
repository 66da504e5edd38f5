"""Stacks and change sets: the transform, parameters and rules, updates in order, rollbacks, exports, imports."""
import re
import uuid

import sam
from local_aws import parameters, resources
from render import Rendering

STACKS, CHANGE_SETS, EXPORTS = {}, {}, {}  # by name; exports: the stack and the value
FAILING = {"logical_id": None}  # the resource that a rehearsal wants to fail
NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."


class Refused(Exception):
    """CloudFormation's ValidationError."""


class Values(Rendering):
    """A template with the values of this stack's resources and of other stacks' exports."""

    def __init__(self, stack, template, given):
        super().__init__(template, given, stack.lookup, {"AWS::StackName": stack.name, "AWS::StackId": stack.id})
        self.imported = set()

    def value(self, node):
        if isinstance(node, dict) and node.keys() == {"Fn::ImportValue"}:
            name = super().value(node["Fn::ImportValue"])
            self.imported.add(name)
            if name not in EXPORTS:
                raise ValueError(f"No export named {name} found")
            return EXPORTS[name][1]
        return super().value(node)

    def wanted(self):
        """The names of the resources whose condition holds, each after what it refers to."""
        items = self.template["Resources"]
        return [name for name in in_order(items) if "Condition" not in items[name] or self.holds(items[name]["Condition"])]

    def item(self, name):
        item = self.template["Resources"][name]
        return {"Type": item["Type"], **{part: self.value(item[part]) for part in ("Properties", "UpdatePolicy") if item.get(part)}}

    def outputs(self):
        """Name, value and the name of the export."""
        for name, output in self.template.get("Outputs", {}).items():
            if "Condition" not in output or self.holds(output["Condition"]):
                yield name, str(self.value(output["Value"])), self.value(output["Export"]["Name"]) if "Export" in output else None


class Stack:
    def __init__(self, name):
        self.name, self.id = name, f"arn:aws:cloudformation:{resources.REGION}:{resources.ACCOUNT}:stack/{name}/{uuid.uuid4()}"
        self.status, self.template, self.given, self.tags, self.protected = "REVIEW_IN_PROGRESS", {"Resources": {}}, {}, {}, False
        self.resources, self.outputs, self.imported, self.events = {}, [], set(), []

    def lookup(self, name, attribute):
        made = self.resources.get(name)
        return made and (made.physical_id if attribute is None else made.attribute(attribute))

    def set_status(self, status, reason=""):
        self.status = status
        self.events.insert(0, {"LogicalResourceId": self.name, "ResourceStatus": status, "ResourceStatusReason": reason})

    def changes(self, template, given):
        """What an update would do: action, logical id, type."""
        after = Values(self, template, given)
        for name in (wanted := after.wanted()):
            if name not in self.resources:
                yield "Add", name, template["Resources"][name]["Type"]
            elif self.item_of(name) != after.item(name):
                yield "Modify", name, self.resources[name].type
        yield from (("Remove", name, made.type) for name, made in self.resources.items() if name not in wanted)

    def item_of(self, name):
        made = self.resources[name]
        return {"Type": made.type, **{part: value for part, value in (("Properties", made.properties), ("UpdatePolicy", made.update_policy)) if value}}

    def update(self, template, given, tags):
        """New and changed resources in order, then away with the rest; everything back when one fails."""
        first, old = not self.resources, self.template
        after = Values(self, template, given)
        try:
            self.refuse_lost_exports({export for _, _, export in after.outputs()})
            self.make_and_change(after)
        except Exception as failure:
            self.set_status("ROLLBACK_COMPLETE" if first else "UPDATE_ROLLBACK_COMPLETE", str(failure))
            return
        wanted = after.wanted()
        for name in reversed([name for name in in_order(old["Resources"]) if name in self.resources and name not in wanted]):
            self.remove(name, old["Resources"][name])
        self.settle(after, template, given, tags)
        self.set_status("CREATE_COMPLETE" if first else "UPDATE_COMPLETE")

    def settle(self, after, template, given, tags):
        self.template, self.given, self.tags, self.imported = template, given, tags or self.tags, after.imported
        self.outputs = list(after.outputs())
        for name in [name for name, (stack, _) in EXPORTS.items() if stack == self.name]:
            del EXPORTS[name]
        EXPORTS.update({export: (self.name, value) for _, value, export in self.outputs if export})

    def make_and_change(self, after):
        made, changed = [], []
        try:
            for name in after.wanted():
                if name == FAILING["logical_id"]:
                    raise ValueError(f"{name} has been made to fail")
                item = after.item(name)
                if unresolved := references(item):
                    raise ValueError(f"Unresolved resource dependencies {sorted(unresolved)} of {name}")
                if name not in self.resources:
                    self.resources[name] = resources.create(self.name, name, item)
                    made.append(name)
                elif (before := self.item_of(name)) != item:
                    changed.append((name, before))
                    self.resources[name].update(item)
        except Exception:
            for name, before in changed:  # without CodeDeploy, which has stopped already
                self.resources[name].update({**before, "UpdatePolicy": {}})
                self.resources[name].update_policy = before.get("UpdatePolicy", {})
            for name in reversed(made):
                self.remove(name, after.template["Resources"][name], ("Retain",))
            raise

    def remove(self, name, item, kept=("Retain", "RetainExceptOnCreate")):
        gone = self.resources.pop(name)
        if item.get("DeletionPolicy") in kept:
            gone.stack = None
        else:
            gone.delete()

    def refuse_lost_exports(self, kept=frozenset()):
        for name in [name for name, (stack, _) in EXPORTS.items() if stack == self.name and name not in kept]:
            if users := [stack.name for stack in STACKS.values() if name in stack.imported]:
                raise Refused(f"Export {name} cannot be deleted as it is in use by {', '.join(users)}")

    def delete(self):
        if self.protected:
            raise Refused(f"Stack [{self.name}] cannot be deleted while TerminationProtection is enabled")
        self.refuse_lost_exports()
        for name in reversed([name for name in in_order(self.template["Resources"]) if name in self.resources]):
            self.remove(name, self.template["Resources"][name])
        self.settle(Values(self, {"Resources": {}}, {}), {"Resources": {}}, {}, {})
        del STACKS[self.name]

    def adopt(self, template, given, physical_ids):
        """An import: existing resources become the stack's, unchanged."""
        after = Values(self, template, given)
        for name in after.wanted():
            made = resources.EXISTING[template["Resources"][name]["Type"], physical_ids[name]]
            made.stack, made.logical_id, self.resources[name] = self.name, name, made
        for name in after.wanted():
            self.resources[name].properties = after.item(name).get("Properties", {})
        self.settle(after, template, given, {})
        self.set_status("IMPORT_COMPLETE")


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


def in_order(items):
    """Names of the resources, each after what it refers to."""
    order = []

    def visit(name, above):
        if name not in order and name not in above:
            for other in sorted(references(items[name]) & items.keys()):
                visit(other, above | {name})
            order.append(name)

    for name in items:
        visit(name, frozenset())
    return order


class ChangeSet:
    def __init__(self, stack, kind, text, given, tags, to_import):
        self.stack, self.kind, self.tags = stack, kind, tags
        self.id = f"arn:aws:cloudformation:{resources.REGION}:{resources.ACCOUNT}:changeSet/{uuid.uuid4()}"
        written = sam.parse(text)
        previous = {name: value for name, value in stack.given.items() if name in written.get("Parameters", {})}
        given = {item["ParameterKey"]: item["ParameterValue"] if "ParameterValue" in item else previous.get(item["ParameterKey"]) for item in given}
        if reason := parameters.refuse(written, given):
            raise Refused(reason)
        self.template, self.given = sam.expand(written, given), parameters.effective(written, given)
        self.to_import = {item["LogicalResourceId"]: next(iter(item["ResourceIdentifier"].values())) for item in to_import}
        if kind == "IMPORT" and (reason := self.refuse_import()):
            raise Refused(reason)
        if stack.status == "ROLLBACK_COMPLETE" and kind == "UPDATE":
            raise Refused(f"Stack:{stack.id} is in ROLLBACK_COMPLETE state and can not be updated.")
        try:
            self.changes = list(stack.changes(self.template, self.given)) if kind != "IMPORT" else []
        except ValueError as failure:
            raise Refused(failure) from failure
        self.is_empty = kind == "UPDATE" and (stack.template, stack.given, stack.tags) == (self.template, self.given, tags or stack.tags)

    def refuse_import(self):
        """AWS's documentation says nothing about outputs in a new stack, and CloudFormation refuses new ones in an existing stack: a
        template without outputs is right under both."""
        items = self.template["Resources"]
        if self.template.get("Outputs"):
            return "As part of the import operation, you cannot modify or add [Outputs]"
        if others := items.keys() ^ self.to_import.keys():
            return f"the resources to import are not those of the template: {sorted(others)}"
        for name, item in items.items():
            found = resources.EXISTING.get((item["Type"], self.to_import[name]))
            if "DeletionPolicy" not in item:
                return f"{name} needs a DeletionPolicy to be imported"
            if not found:
                return f"{self.to_import[name]} does not exist"
            if found.stack:
                return f"{self.to_import[name]} already belongs to the stack {found.stack}"
        return None

    def execute(self):
        if self.kind == "IMPORT":
            self.stack.adopt(self.template, self.given, self.to_import)
        else:
            self.stack.update(self.template, self.given, self.tags)


def reset():
    for known in (STACKS, CHANGE_SETS, EXPORTS, resources.EXISTING):
        known.clear()
