"""What CloudFormation refuses before it makes anything: values that a parameter or a rule of the template forbids."""
import re


def effective(template, given):
    """Each parameter's value as text."""
    return {name: str(given.get(name, declared.get("Default", ""))) for name, declared in template.get("Parameters", {}).items()}


def refuse(template, given):
    """Why CloudFormation refuses these values; None when it does not."""
    declared = template.get("Parameters", {})
    if unknown := given.keys() - declared.keys():
        return f"Parameters: {sorted(unknown)} do not exist in the template"
    for name, rule in declared.items():
        if name not in given and "Default" not in rule:
            return f"Parameters: [{name}] must have values"
        value = str(given.get(name, rule.get("Default")))
        if not all(takes(rule, item) for item in (value.split(",") if "List" in rule["Type"] else [value])):
            return f"Parameter {name} failed to satisfy constraint: {rule.get('ConstraintDescription', value)}"
    return next(filter(None, (broken(name, rule, effective(template, given)) for name, rule in template.get("Rules", {}).items())), None)


def broken(name, rule, values):
    """What a rule of the template says against these values; None when it has nothing against them."""
    try:
        if "RuleCondition" not in rule or holds(rule["RuleCondition"], values):
            for assertion in rule["Assertions"]:
                if not holds(assertion["Assert"], values):
                    return f"Template rule {name} failed: {assertion.get('AssertDescription', '')}"
    except Unsupported as function:
        return f"Template format error: {function} is not supported in the Rules block of the template"
    return None


def takes(rule, value):
    if "AllowedValues" in rule and value not in map(str, rule["AllowedValues"]):
        return False
    if "AllowedPattern" in rule and not re.fullmatch(rule["AllowedPattern"], value):
        return False
    if rule["Type"] == "Number" and not rule.get("MinValue", float("-inf")) <= float(value) <= rule.get("MaxValue", float("inf")):
        return False
    return rule.get("MinLength", 0) <= len(value) <= rule.get("MaxLength", 1 << 12)


# The functions that CloudFormation documents for Rules, except for those that look up what the account has; beside them, Ref alone.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
FUNCTIONS = {
    "Fn::And": lambda item, values: all(holds(part, values) for part in item),
    "Fn::Contains": lambda item, values: operand(item[1], values) in members(item[0], values),
    "Fn::EachMemberEquals": lambda item, values: all(member == operand(item[1], values) for member in members(item[0], values)),
    "Fn::EachMemberIn": lambda item, values: set(members(item[0], values)) <= set(members(item[1], values)),
    "Fn::Equals": lambda item, values: operand(item[0], values) == operand(item[1], values),
    "Fn::Not": lambda item, values: not holds(item[0], values),
    "Fn::Or": lambda item, values: any(holds(part, values) for part in item),
}


class Unsupported(Exception):
    """A function that CloudFormation does not accept in a rule."""


def holds(expression, values):
    (function, item), = expression.items()
    if function not in FUNCTIONS:
        raise Unsupported(function)
    return FUNCTIONS[function](item, values)


def operand(value, values):
    if isinstance(value, dict):
        (function, name), = value.items()
        if function != "Ref":
            raise Unsupported(function)
        return values[name]
    return str(value)


def members(value, values):
    """Of a list in the template, or of a parameter that is one."""
    return [operand(item, values) for item in value] if isinstance(value, list) else operand(value, values).split(",")
