"""Whether the functions that are live are those that a deployment requests.

SAM publishes a version of a function when the text of the template changes, which does not contain the values of parameters. So a
deployment that changes a function writes a revision into its environment, S3LISTER_REVISION: a hash of the parameters that functions
read, and the time, since Lambda publishes nothing that equals the version of an attempt that failed.

revision.py hash TEMPLATE STACK.json PARAMETERS                  the hash; PARAMETERS as the Lambda tool takes them
revision.py kept TEMPLATE STACK.json PARAMETERS FOLDER           the live revision, when the functions need no other
revision.py differences TEMPLATE STACK.json PARAMETERS FOLDER    where the live functions differ from what was requested, a line each

FOLDER/FUNCTION.json is the configuration of the version that is live (live.sh)."""
import hashlib
import json
import pathlib
import re
import sys

import template as templates

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "infrastructure/checks"))

from render import Rendering  # pylint: disable=wrong-import-position

# What SAM makes other resources of than the function itself.
NOT_THE_FUNCTION = {"AutoPublishAlias", "AutoPublishAliasAllProperties", "CodeUri", "DeploymentPreference", "Events"}
# How Lambda calls what the template says.
LIVE = {
    "Architectures": lambda live: live.get("Architectures", [None])[0],
    "MemorySize": lambda live: live.get("MemorySize"),
    "Timeout": lambda live: live.get("Timeout"),
    "LoggingConfig": lambda live: live.get("LoggingConfig", {}).get("ApplicationLogLevel"),
    "Tracing": lambda live: live.get("TracingConfig", {}).get("Mode"),
}
# The part of a setting that is compared, where it has several.
PARTS = {"Architectures": lambda value: value[0], "LoggingConfig": lambda value: value.get("ApplicationLogLevel")}


def settings(template, name):
    """A function's properties with those of all functions."""
    common, own = templates.common(template), template["Resources"][name]["Properties"]
    environment = {**templates.variables(template), **own.get("Environment", {}).get("Variables", {})}
    return {**common, **own, "Environment": {"Variables": environment}}


def values(template, stack, given):
    """Each parameter's value after the deployment: the given one, else the previous one, else the default."""
    previous = {entry["ParameterKey"]: entry["ParameterValue"] for entry in stack.get("Parameters") or []}
    wanted = {name: declared.get("Default", "") for name, declared in template.get("Parameters", {}).items()} | previous | templates.split(given)
    return {name: str(wanted[name]) for name in template.get("Parameters", {})}


def mentioned(node, template):
    """The parameters that a piece of the template refers to, through its conditions too."""
    if isinstance(node, list):
        return {name for item in node for name in mentioned(item, template)}
    if not isinstance(node, dict):
        return set()
    found = set()
    for key, item in node.items():
        if key == "Ref":
            found.add(item)
        elif key == "Fn::Sub":
            found |= set(re.findall(r"\$\{([^!}.]+)\}", item if isinstance(item, str) else item[0]))
        elif key == "Fn::If":
            found |= mentioned(template["Conditions"][item[0]], template)
        elif key == "Condition" and isinstance(item, str):
            found |= mentioned(template["Conditions"][item], template)
        found |= mentioned(item, template)
    return found & template.get("Parameters", {}).keys()


def read_by_functions(template):
    """The parameters that the functions' own properties depend on."""
    properties = [{key: item for key, item in settings(template, name).items() if key not in NOT_THE_FUNCTION} for name in templates.functions(template)]
    return sorted(mentioned(properties, template))


def hash_of(template, stack, given):
    wanted = values(template, stack, given)
    text = json.dumps({name: wanted[name] for name in read_by_functions(template)}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def rendering(template, stack, given):
    _, partition, _, region, account, name = stack["StackId"].split(":", 5)
    pseudo = {"AWS::AccountId": account, "AWS::Partition": partition, "AWS::Region": region, "AWS::StackId": stack["StackId"], "AWS::StackName": name.split("/")[1]}
    return Rendering(template, values(template, stack, given), pseudo=pseudo)


def wanted_of(template, stack, given, name):
    """The settings that the template requests for one function, in Lambda's words; what only AWS knows is left out."""
    plain = rendering(template, stack, given).value(settings(template, name))
    wanted = {f"Environment {variable}": value for variable, value in plain["Environment"]["Variables"].items()}
    for key in LIVE.keys() & plain.keys():
        wanted[key] = PARTS[key](plain[key]) if key in PARTS else plain[key]
    return {key: value for key, value in wanted.items() if not isinstance(value, (dict, list))}


def differences(template, stack, given, live):
    for name in templates.functions(template):
        has = {f"Environment {variable}": value for variable, value in live[name].get("Environment", {}).get("Variables", {}).items()}
        has |= {key: read(live[name]) for key, read in LIVE.items()}
        wanted = wanted_of(template, stack, given, name)
        for key in sorted(key for key in wanted.keys() | has.keys() if key in wanted or key.startswith("Environment")):
            if str(wanted.get(key)) != str(has.get(key)):
                yield f"{name}: {key} is not what was requested"


def kept(template, stack, given, live):
    """The revision that is live, when the functions have all that a deployment requests; nothing otherwise."""
    found = {configuration.get("Environment", {}).get("Variables", {}).get(templates.REVISION) for configuration in live.values()}
    revision = found.pop() if len(found) == 1 else None
    if not revision or not revision.startswith(f"{hash_of(template, stack, given)}-"):
        return ""
    if templates.REVISION in templates.variables(template):
        templates.variables(template)[templates.REVISION] = revision
    return "" if any(differences(template, stack, given, live)) else revision


def main(command, path, state, given, *folder):
    template, stack = templates.read(path), templates.read(state)
    if command == "hash":
        print(hash_of(template, stack, given))
        return
    files = {name: pathlib.Path(*folder, f"{name}.json") for name in templates.functions(template)}
    live = {name: templates.read(file) if file.exists() else {} for name, file in files.items()}
    print("\n".join(differences(template, stack, given, live)) if command == "differences" else kept(template, stack, given, live))


if __name__ == "__main__":
    main(*sys.argv[1:])
