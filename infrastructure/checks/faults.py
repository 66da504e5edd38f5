#!/usr/bin/env python3
"""Plants faults in the templates, one by one, and runs the check that must find each.

    python3 infrastructure/checks/faults.py [WORD ...]       all, or those with a word in their name
    python3 infrastructure/checks/faults.py --write          and write faults, waivers and simulated policies to artifacts/checks/

faults/*.json holds them, one file per template. A fault has a name, the check that finds it and the rule of that check ("by"), and
edits. A check of null means that no check finds it, and "because" says why; the check "tests" is S3Lister.Infrastructure.Tests, which
plants its faults itself. An edit has a path of keys ("at") and one of: a value to put there ("set"), to merge or append ("add"), to
remove ("remove"), to repeat ("repeat"), or a text to replace ("replace").
"""
import json
import sys
import time
from functools import reduce

from samtranslator.model.exceptions import InvalidDocumentException

import check
import pages
import policies
import sam
from templates import HERE, read, settings


def planted():
    """Template, fault."""
    for file in sorted((HERE / "faults").glob("*.json")):
        book = json.loads(file.read_text(encoding="utf-8"))
        for fault in book["faults"]:
            yield book["template"], fault


def step(node, key):
    """Into a part of a template; a list's item by number, or by what it contains: Sid=DenyPlainHttp."""
    if isinstance(node, list) and not isinstance(key, int):
        name, value = key.split("=")
        return next(item for item in node if isinstance(item, dict) and item.get(name) == value)
    return node[key]


def edited(template, fault):
    changed = json.loads(json.dumps(template))
    for edit in fault["edits"]:
        *way, last = edit["at"]
        parent = reduce(step, way, changed)
        if isinstance(parent, list) and not isinstance(last, int):
            last = parent.index(step(parent, last))
        if edit.get("remove"):
            del parent[last]
        elif "add" in edit:
            parent[last] = {**parent[last], **edit["add"]} if isinstance(edit["add"], dict) else parent[last] + edit["add"]
        elif "repeat" in edit:
            parent[last] = parent[last] * edit["repeat"]
        elif "replace" in edit:
            before, after = edit["replace"]
            if before not in parent[last]:
                raise ValueError(f"{fault['name']}: no {before} there")
            parent[last] = parent[last].replace(before, after)
        else:
            parent[last] = edit["set"]
    return changed


def seen(trials):
    """The first message of each fault's check that is not waived; each check runs once for all faults."""
    found = [None] * len(trials)
    for name in check.CHECKS:
        sources = {}
        for number, (path, fault) in enumerate(trials):
            if fault["check"] == name:
                try:
                    sources[f"{path}#{number}"] = expandable(path, fault)
                except (InvalidDocumentException, KeyError) as refusal:
                    found[number] = f"refused by the transform: {refusal}"
        if not sources:
            continue
        if name == "policies":
            failures = zip(sources, policies.failures_of([{label.split("#")[0]: template} for label, template in sources.items()]))
            messages = [(label, str(wrong[0]) if isinstance(wrong, list) else f"refused: {wrong}") for label, wrong in failures if wrong]
        else:
            messages = [(item.template, f"{item.rule}: {item.message}") for item in check.unexplained(check.CHECKS[name](sources))]
        for label, message in messages:
            number = int(label.split("#")[1])
            if message.startswith(trials[number][1].get("by", "")):
                found[number] = found[number] or message
    return found


def expandable(path, fault):
    template = edited(read(path), fault)
    if template == read(path):
        raise ValueError(f"{fault['name']} changes nothing")
    sam.expand(template, settings(path, template)["all"])
    return template


def cell(text):
    return " ".join(text.split()).replace("|", "\\|")


def write(tried, messages):
    found = [[fault["name"], f"`{path}`", fault["check"], cell(message or "nothing")[:110]] for (path, fault), message in zip(tried, messages)]
    found += [[fault["name"], f"`{path}`", str(fault["check"]), cell(fault.get("because") or fault["by"])]
              for path, fault in planted() if fault["check"] not in check.CHECKS]
    pages.write("faults", pages.table(["fault", "template", "check", "what it says"], found))
    pages.write("waivers", pages.table(["template", "check", "rule", "resources", "reason"], [
        [f"`{item['template']}`", item["check"], f"`{item['rule']}`", ", ".join(f"`{name}`" for name in item["resources"]), item["reason"]]
        for item in check.waivers()]))
    pages.write("policies", policies.markdown())


def main():
    started, chosen = time.monotonic(), [word for word in sys.argv[1:] if not word.startswith("--")]
    faults = [(path, fault) for path, fault in planted() if not chosen or any(word in fault["name"] for word in chosen)]
    tried = [(path, fault) for path, fault in faults if fault["check"] in check.CHECKS]
    messages = seen(tried)
    escaped = [f"{path}: {fault['name']}: {fault['check']} finds nothing" for (path, fault), message in zip(tried, messages) if not message]
    known = [(path, fault) for path, fault in faults if not fault["check"]]
    if "--write" in sys.argv:
        write(tried, messages)
    for line in escaped:
        print("FAILED", line)
    for path, fault in known:
        print(f"not found by any check: {path}: {fault['name']}: {fault['because']}")
    print(f"faults: {len(tried)} planted, {len(tried) - len(escaped)} caught, {len(known)} that no check finds, "
          f"{len(faults) - len(tried) - len(known)} for S3Lister.Infrastructure.Tests, {time.monotonic() - started:.0f} s")
    return bool(escaped)


if __name__ == "__main__":
    sys.exit(main())
