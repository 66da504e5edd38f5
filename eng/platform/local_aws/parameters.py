"""What CloudFormation refuses before it makes anything: values that a parameter or a rule of the template forbids."""
import re


def effective(template, given):
    """Each parameter's value as text."""
    return {name: str(given.get(name, declared.get("Default", ""))) for name, declared in template.get("Parameters", {}).items()}


def refuse(template, given):
    """Why these values are no good; None when they are."""
    declared = template.get("Parameters", {})
    if unknown := given.keys() - declared.keys():
        return f"Parameters: {sorted(unknown)} do not exist in the template"
    for name, rule in declared.items():
        if name not in given and "Default" not in rule:
            return f"Parameters: [{name}] must have values"
        value = str(given.get(name, rule.get("Default")))
        if not all(takes(rule, item) for item in (value.split(",") if "List" in rule["Type"] else [value])):
            return f"Parameter {name} failed to satisfy constraint: {rule.get('ConstraintDescription', value)}"
    for name, rule in template.get("Rules", {}).items():
        values = effective(template, given)
        if "RuleCondition" not in rule or holds(rule["RuleCondition"], values):
            for assertion in rule["Assertions"]:
                if not holds(assertion["Assert"], values):
                    return f"Template rule {name} failed: {assertion.get('AssertDescription', '')}"
    return None


def takes(rule, value):
    if "AllowedValues" in rule and value not in map(str, rule["AllowedValues"]):
        return False
    if "AllowedPattern" in rule and not re.fullmatch(rule["AllowedPattern"], value):
        return False
    if rule["Type"] == "Number" and not rule.get("MinValue", float("-inf")) <= float(value) <= rule.get("MaxValue", float("inf")):
        return False
    return rule.get("MinLength", 0) <= len(value) <= rule.get("MaxLength", 1 << 12)


def holds(expression, values):
    (function, item), = expression.items()
    if function == "Fn::Equals":
        return operand(item[0], values) == operand(item[1], values)
    if function == "Fn::Not":
        return not holds(item[0], values)
    return (all if function == "Fn::And" else any)(holds(part, values) for part in item)


def operand(value, values):
    if isinstance(value, dict) and "Fn::Join" in value:
        return value["Fn::Join"][0].join([operand(value["Fn::Join"][1], values)])
    return values[value["Ref"]] if isinstance(value, dict) else str(value)
