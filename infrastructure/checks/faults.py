#!/usr/bin/env python3
"""Plants faults in the templates, one by one, and asks the check that should see each.

    python3 infrastructure/checks/faults.py [WORD ...]       all, or those with a word in their name
    python3 infrastructure/checks/faults.py --write          and write docs/faults.md

faults/*.json holds them, a file for each template: a name, the check that catches it and by which of its rules (null: none
does, and the reason is given; tests: a rule of S3Lister.Infrastructure.Tests does, which plants it itself), and edits. An edit is a path of keys and what is put there ("set"), merged there ("add"), put there several times ("repeat") or nothing ("remove").
"""
import json
import sys
import time
from functools import reduce

from samtranslator.model.exceptions import InvalidDocumentException

import check
import policies
import sam
from templates import HERE, ROOT, read, settings

PAGE = ROOT / "docs/faults.md"


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
    """For each fault what its check says that it does not say of the template as it is; a check is asked once for all."""
    answers = [None] * len(trials)
    for name in check.CHECKS:
        sources = {}
        for number, (path, fault) in enumerate(trials):
            if fault["check"] == name:
                try:
                    sources[f"{path}#{number}"] = expandable(path, fault)
                except (InvalidDocumentException, KeyError) as refusal:
                    answers[number] = f"refused by the transform: {refusal}"
        if not sources:
            continue
        if name == "policies":
            found = zip(sources, policies.failures_of([{label.split("#")[0]: template} for label, template in sources.items()]))
            messages = [(label, str(wrong[0]) if isinstance(wrong, list) else f"refused: {wrong}") for label, wrong in found if wrong]
        else:
            messages = [(item.template, f"{item.rule}: {item.message}") for item in check.unexplained(check.CHECKS[name](sources))]
        for label, message in messages:
            number = int(label.split("#")[1])
            if message.startswith(trials[number][1].get("by", "")):
                answers[number] = answers[number] or message
    return answers


def expandable(path, fault):
    template = edited(read(path), fault)
    if template == read(path):
        raise ValueError(f"{fault['name']} changes nothing")
    sam.expand(template, settings(path, template)["all"])
    return template


def words(text):
    return " ".join(text.split()).replace("|", "\\|")[:110]


def main():
    started, chosen = time.monotonic(), [word for word in sys.argv[1:] if not word.startswith("--")]
    faults = [(path, fault) for path, fault in planted() if not chosen or any(word in fault["name"] for word in chosen)]
    tried = [(path, fault) for path, fault in faults if fault["check"] in check.CHECKS]
    answers = seen(tried)
    escaped = [f"{path}: {fault['name']}: {fault['check']} sees nothing" for (path, fault), answer in zip(tried, answers) if not answer]
    rows = [f"| {fault['name']} | `{path}` | {fault['check']} | {words(answer or '')} |" for (path, fault), answer in zip(tried, answers)]
    known = [(path, fault) for path, fault in faults if not fault["check"]]
    if "--write" in sys.argv:
        PAGE.write_text("\n".join([
            "# Faults that were planted", "",
            "Each is put into a template by `infrastructure/checks/faults.py`, and the check that is named finds it. The list is written by",
            "`faults.py --write`.", "", f"{len(tried)} are caught.", "",
            "| fault | template | check | what it says |", "| --- | --- | --- | --- |", *rows, "",
            "## Nothing here sees", "", *(f"- {fault['name']} (`{path}`): {fault['because']}" for path, fault in known)]) + "\n", encoding="utf-8")
    for line in escaped:
        print("FAILED", line)
    for path, fault in known:
        print(f"not seen by any check: {path}: {fault['name']}: {fault['because']}")
    print(f"faults: {len(tried)} planted, {len(tried) - len(escaped)} caught, {len(known)} known to be seen by nothing, "
          f"{time.monotonic() - started:.0f} s")
    return bool(escaped)


if __name__ == "__main__":
    sys.exit(main())
