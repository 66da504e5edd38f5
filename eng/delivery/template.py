"""What a deployment asks of serverless.template, and does to it.

template.py substitutions TEMPLATE S3-URI REVISION
                                              the value of --template-substitutions: every function's code is that package,
                                              and its environment has that revision
template.py apply TEMPLATE SUBSTITUTIONS      the template with them applied, as the Lambda tool does it
template.py parameters TEMPLATE < LINES       the value of --template-parameters, of NAME=VALUE lines
template.py values < STACK.json               the parameters of a stack as NAME=VALUE lines, nothing without a stack
template.py architecture TEMPLATE             what the functions run on, as the Lambda tool names it
"""
import json
import pathlib
import sys

FUNCTION = "AWS::Serverless::Function"
PREFIX = "$.Resources."
SUFFIX = ".Properties.CodeUri"
VARIABLES = ("Globals", "Function", "Environment", "Variables")
REVISION = "S3LISTER_REVISION"
REVISION_PATH = f"$.{'.'.join(VARIABLES)}.{REVISION}"


def functions(template):
    found = {name: resource for name, resource in template["Resources"].items() if resource["Type"] == FUNCTION}
    return found or sys.exit("error: the template has no function")


def variables(template):
    """The environment that all functions have."""
    found = template
    for name in VARIABLES:
        found = found.get(name, {})
    return found


def substitutions(template, uri, revision):
    """An older template may not have the variable, and the tool fails for a path that is not there."""
    values = {f"{PREFIX}{name}{SUFFIX}": uri for name in functions(template)}
    return pairs(values | ({REVISION_PATH: revision} if REVISION in variables(template) else {}))


def apply(template, text):
    for path, value in split(text).items():
        if path == REVISION_PATH and REVISION in variables(template):
            variables(template)[REVISION] = value
            continue
        name = path.removeprefix(PREFIX).removesuffix(SUFFIX)
        if path != f"{PREFIX}{name}{SUFFIX}" or name not in functions(template):
            sys.exit(f"error: {path} is not in the template")
        template["Resources"][name]["Properties"]["CodeUri"] = value
    return template


def parameters(template, lines):
    """Only what this template declares: an older one may not know a newer parameter, and CloudFormation would refuse it."""
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


def values(text):
    """The lines from which a later deployment gives a stack the parameters that it has now."""
    stack = json.loads(text.strip() or "{}")
    lines = [f"{entry['ParameterKey']}={entry['ParameterValue']}" for entry in stack.get("Parameters", [])]
    if any("\n" in line for line in lines):
        sys.exit("error: a parameter of the stack has several lines, and a deployment cannot give it one")
    return "\n".join(lines)


def architecture(template):
    names = {tuple(function["Properties"].get("Architectures", ["x86_64"])) for function in functions(template).values()}
    if len(names) != 1 or len(*names) != 1:
        sys.exit("error: one package has one architecture, and the functions have several")
    return names.pop()[0]


def pairs(values):
    """The tool's form, NAME=VALUE;NAME=VALUE, where a value in quotes may hold a semicolon. It knows no escape."""
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


COMMANDS = {
    "substitutions": substitutions,
    "apply": lambda template, text: json.dumps(apply(template, text), separators=(",", ":")),
    "parameters": lambda template: parameters(template, sys.stdin),
    "architecture": architecture,
}


def main(command, path=None, *arguments):
    if command == "values":
        print(values(sys.stdin.read()))
        return
    template = json.loads(pathlib.Path(path).read_text(encoding="utf-8-sig"))
    print(COMMANDS[command](template, *arguments))


if __name__ == "__main__":
    if sys.argv[1:] != ["values"] and (len(sys.argv) < 3 or sys.argv[1] not in COMMANDS):
        sys.exit(__doc__)
    main(*sys.argv[1:])
