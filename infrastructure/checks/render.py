"""A template with the conditions and functions evaluated for given parameters.

A resource's Ref or GetAtt, which only AWS knows, remains unchanged or has the caller's value.
"""
import re

PSEUDO = {
    "AWS::AccountId": "123456789012", "AWS::NotificationARNs": [], "AWS::Partition": "aws", "AWS::Region": "us-east-1",
    "AWS::StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/s3lister/5a3e4c00-0000-4000-8000-000000000000",
    "AWS::StackName": "s3lister", "AWS::URLSuffix": "amazonaws.com",
}
ABSENT = object()


class Rendering:
    """One template with one set of parameters.

    resource: a function of logical id and attribute (None for Ref) that returns a resource's value, or
    None to leave it.
    """

    def __init__(self, template, parameters=None, resource=None, pseudo=None):
        self.template, self.resource = template, resource or (lambda name, attribute: None)
        self.values = {**PSEUDO, **(pseudo or {})}
        for name, declared in template.get("Parameters", {}).items():
            self.values[name] = typed(declared["Type"], (parameters or {}).get(name, declared.get("Default", "")))
        self.conditions = {}

    def holds(self, name):
        if name not in self.conditions:
            self.conditions[name] = self.decide(self.template["Conditions"][name])
        return self.conditions[name]

    def decide(self, condition):
        (function, value), = condition.items()
        if function == "Fn::Equals":
            left, right = (self.value(item) for item in value)
            return str(left) == str(right)
        if function == "Fn::Not":
            return not self.decide(value[0])
        if function == "Condition":
            return self.holds(value)
        return (all if function == "Fn::And" else any)(self.decide(item) for item in value)

    def value(self, node):
        """The value of a part of the template."""
        if isinstance(node, list):
            return [item for item in map(self.value, node) if item is not ABSENT]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (function, argument), = node.items()
            if function == "Ref":
                return self.reference(node, argument)
            if function == "Fn::GetAtt":
                name, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
                known = self.resource(name, attribute)
                return node if known is None else known
            if function in FUNCTIONS:
                return FUNCTIONS[function](self, argument)
        return {name: item for name, item in ((key, self.value(part)) for key, part in node.items()) if item is not ABSENT}

    def reference(self, node, name):
        if name == "AWS::NoValue":
            return ABSENT
        if name in self.values:
            return self.values[name]
        known = self.resource(name, None)
        return node if known is None else known

    def branch(self, argument):
        return self.value(argument[1] if self.holds(argument[0]) else argument[2])

    def join(self, argument):
        separator, parts = argument[0], self.value(argument[1])
        if not isinstance(parts, list) or not all(isinstance(part, (str, int, float)) for part in parts):
            return {"Fn::Join": [separator, parts]}
        return separator.join(map(str, parts))

    def substitute(self, argument):
        text, variables = argument if isinstance(argument, list) else (argument, {})
        parts = []
        for part in re.split(r"(\$\{[^}]+\})", text):
            name = part[2:-1]
            if not part.startswith("${"):
                value = part
            elif name.startswith("!"):
                value = "${" + name[1:] + "}"
            elif name in variables:
                value = self.value(variables[name])
            else:
                value = self.value({"Fn::GetAtt": name.split(".", 1)} if "." in name else {"Ref": name})
            parts.append(value)
        return self.join(["", [part for part in parts if part != ""]])

    def split(self, argument):
        text = self.value(argument[1])
        return text.split(argument[0]) if isinstance(text, str) else flattened(argument[0], text)

    def select(self, argument):
        items = self.value(argument[1])
        return items[int(argument[0])] if isinstance(items, list) else {"Fn::Select": [argument[0], items]}

    def look_up(self, argument):
        found = self.template["Mappings"][self.value(argument[0])]
        for key in argument[1:]:
            found = found[self.value(key)]
        return found

    def resources(self):
        """The resources whose condition holds."""
        return {
            name: {key: self.value(item) for key, item in resource.items() if key != "Condition"}
            for name, resource in self.template["Resources"].items()
            if "Condition" not in resource or self.holds(resource["Condition"])}

    def outputs(self):
        return {
            name: self.value(output["Value"]) for name, output in self.template.get("Outputs", {}).items()
            if "Condition" not in output or self.holds(output["Condition"])}

    def plain(self):
        """The template with its conditions and functions evaluated."""
        return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": self.resources()}


FUNCTIONS = {
    "Fn::If": Rendering.branch, "Fn::Join": Rendering.join, "Fn::Sub": Rendering.substitute, "Fn::Split": Rendering.split,
    "Fn::Select": Rendering.select, "Fn::FindInMap": Rendering.look_up,
}


def typed(declared, value):
    if isinstance(value, list):
        return value
    if declared == "Number":
        return float(value) if "." in str(value) else int(value)
    return str(value).split(",") if "List" in declared else str(value)


def flattened(separator, joined):
    """A joined list that is split by its own separator; unknown values stay in it."""
    inner, parts = joined["Fn::Join"] if isinstance(joined, dict) and "Fn::Join" in joined else (None, None)
    if inner != separator:
        return {"Fn::Split": [separator, joined]}
    return [piece for part in parts for piece in (part.split(separator) if isinstance(part, str) else [part])]
