"""What a deployment needs to know of serverless.template, and changes in it.

template.py substitutions TEMPLATE S3-URI REVISION     --template-substitutions: the package and the revision of every function
template.py apply TEMPLATE SUBSTITUTIONS               the template with them applied, as the Lambda tool does it
template.py parameters TEMPLATE < LINES                --template-parameters, from NAME=VALUE lines
template.py change-set TEMPLATE STACK.json PARAMETERS  the parameters of a change set, in JSON
template.py architecture TEMPLATE                      the architecture of the functions, as the Lambda tool names it
template.py run-on ARCHITECTURE TEMPLATE               the template with its functions on another architecture
template.py values < STACK.json                        the parameters of a stack as NAME=VALUE lines; nothing without a stack
template.py tags TAGS                                  the tags of a change set, in JSON
"""
import json
import pathlib
import sys

FUNCTION = "AWS::Serverless::Function"
VARIABLES = ("Globals", "Function", "Environment", "Variables")
REVISION = "S3LISTER_REVISION"
REVISION_PATH = f"$.{'.'.join(VARIABLES)}.{REVISION}"
ARCHITECTURE_PATH = "$.Globals.Function.Architectures[0]"
# The Lambda tool puts it on every stack: without it a change set would always find a change.
OWN_TAG = {"AWSServerlessAppNETCore": "true"}


def functions(template):
    found = {name: resource for name, resource in template["Resources"].items() if resource["Type"] == FUNCTION}
    return found or sys.exit("error: the template has no function")


def code_path(name):
    return f"$.Resources.{name}.Properties.CodeUri"


def common(template):
    """The properties that all functions have."""
    return template.get("Globals", {}).get("Function", {})


def variables(template):
    """The environment that all functions have."""
    for name in VARIABLES:
        template = template.get(name, {})
    return template


def substitutions(template, uri, revision):
    """An older template may not have the variable, and the tool fails for a path that does not exist."""
    values = {code_path(name): uri for name in functions(template)}
    return pairs(values | ({REVISION_PATH: revision} if REVISION in variables(template) else {}))


def apply(template, text):
    code = {code_path(name): function["Properties"] for name, function in functions(template).items()}
    for path, value in split(text).items():
        if path in code:
            code[path]["CodeUri"] = value
        elif path == REVISION_PATH and REVISION in variables(template):
            variables(template)[REVISION] = value
        elif path == ARCHITECTURE_PATH and common(template).get("Architectures"):
            common(template)["Architectures"][0] = value
        else:
            sys.exit(f"error: {path} is not in the template")
    return template


def parameters(template, lines):
    """Only what this template declares: CloudFormation refuses a newer parameter that an older template does not know."""
    values = {}
    for line in filter(None, map(str.strip, lines)):
        name, separator, value = line.partition("=")
        if not separator:
            sys.exit(f"error: '{line}' is not NAME=VALUE")
        if name in template.get("Parameters", {}):
            values[name] = value
        else:
            print(f"The template has no parameter {name}: left out.", file=sys.stderr)
    return pairs(values)


def change_set(template, stack, text):
    """The given parameters, and the previous values of what the template still declares."""
    given, declared = split(text), template.get("Parameters", {})
    previous = [entry["ParameterKey"] for entry in stack.get("Parameters", []) if entry["ParameterKey"] in declared]
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()] + [
        {"ParameterKey": name, "UsePreviousValue": True} for name in previous if name not in given]


def values(text):
    """The lines with which a later deployment restores the parameters that a stack has now."""
    stack = json.loads(text.strip() or "{}")
    lines = [f"{entry['ParameterKey']}={entry['ParameterValue']}" for entry in stack.get("Parameters", [])]
    if any("\n" in line for line in lines):
        sys.exit("error: a parameter of the stack has several lines, which a deployment cannot pass on")
    return "\n".join(lines)


def architecture(template):
    default = common(template).get("Architectures", ["x86_64"])
    names = {tuple(function["Properties"].get("Architectures", default)) for function in functions(template).values()}
    if len(names) != 1 or len(*names) != 1:
        sys.exit("error: one package has one architecture, and the functions have several")
    return names.pop()[0]


def run_on(wanted, template):
    """An older template may name the architecture in each function, and stays as it is."""
    if architecture(template) == wanted:
        return template
    changed = apply(template, f"{ARCHITECTURE_PATH}={wanted}")
    return changed if architecture(changed) == wanted else sys.exit(f"error: a function has an architecture of its own, not {wanted}")


def pairs(values):
    """The tool's form, NAME=VALUE;NAME=VALUE, where a value in quotes may contain a semicolon. It has no escape."""
    return ";".join(f"{name}={quoted(value)}" for name, value in values.items())


def quoted(value):
    if not (";" in value or value.startswith('"')):
        return value
    if '"' in value:
        sys.exit("error: the Lambda tool cannot be given a value that has both a quote and a semicolon, or begins with a quote")
    return f'"{value}"'


def split(text):
    """The inverse of pairs, by the tool's own rules."""
    values, rest = {}, text
    while rest:
        name, _, rest = rest.partition("=")
        if rest.startswith('"'):
            value, _, rest = rest[1:].partition('"')
            rest = rest.partition(";")[2]
        else:
            value, _, rest = rest.partition(";")
        values[name] = value
    return values


def read(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8-sig").strip() or "{}")


COMMANDS = {
    "substitutions": lambda path, uri, revision: substitutions(read(path), uri, revision),
    "apply": lambda path, text: json.dumps(apply(read(path), text), separators=(",", ":")),
    "parameters": lambda path: parameters(read(path), sys.stdin),
    "change-set": lambda path, stack, text: json.dumps(change_set(read(path), read(stack), text)),
    "architecture": lambda path: architecture(read(path)),
    "run-on": lambda wanted, path: json.dumps(run_on(wanted, read(path)), separators=(",", ":")),
    "values": lambda: values(sys.stdin.read()),
    "tags": lambda text: json.dumps([{"Key": name, "Value": value} for name, value in (split(text) | OWN_TAG).items()]),
}

if __name__ == "__main__":
    print(COMMANDS[sys.argv[1]](*sys.argv[2:]))
