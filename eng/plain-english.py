#!/usr/bin/env python3
"""Finds words that a native engineer stumbles over, and says what to write instead. The words are in plain-english.txt.

Usage: plain-english.py [--test] [FILE ...], by default all tracked sources and pages; --test checks the word list with its examples
"""
import bisect
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("*.cs", "*.md", "*.py", "*.sh", "*.template", "*.yml")
COMMENT = re.compile(r"^\s*(?:///?|#+|\*|<!--)?\s*")


def word_list():
    """Each entry: pattern, replacement, examples with whether each must be found."""
    entries = []
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(("+ ", "- ")):
            entries[-1][2].append((line[2:], line[0] == "+"))
        elif line and not line.startswith("#"):
            pattern, _, replacement = line.partition(" => ")
            entries.append((re.compile(pattern), replacement, []))
    return entries


def findings(text, entries):
    """Line, text and replacement. A phrase may be broken over lines, inside a comment too."""
    joined, starts = "", []
    for line in text.splitlines():
        starts.append(len(joined))
        joined += COMMENT.sub("", line, count=1) + " "
    for pattern, replacement, _ in entries:
        for match in pattern.finditer(joined):
            yield bisect.bisect_right(starts, match.start()), match[0].strip(), replacement


def test(entries):
    wrong = 0
    for entry in entries:
        if not any(is_found for _, is_found in entry[2]):
            wrong += 1
            print(f"{entry[0].pattern}: no example that it finds")
        for example, is_found in entry[2]:
            if bool(list(findings(example, [entry]))) != is_found:
                wrong += 1
                print(f"{entry[0].pattern}: {'does not find' if is_found else 'finds'}: {example}")
    planted = list(findings("first line\n/// a phrase of the\n/// list\n", [(re.compile("of the list"), "", [])]))
    if [line for line, _, _ in planted] != [2]:
        wrong += 1
        print("a phrase over two lines is not found in the line where it begins")
    return wrong


def main(arguments):
    entries = word_list()
    if arguments == ["--test"]:
        return 1 if test(entries) else 0
    paths = arguments or subprocess.run(
        ["git", "ls-files", "-z", "--", *FILES], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip("\0").split("\0")
    count = 0
    for path in paths:
        for line, found, replacement in sorted(findings((ROOT / path).read_text(encoding="utf-8"), entries)):
            count += 1
            print(f"{path}:{line}: {found}: write {replacement}")
    if count:
        print(f"Findings: {count}. If a word is right, make its pattern in eng/plain-english.txt narrower and add an example.", file=sys.stderr)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
