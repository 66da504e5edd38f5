"""Prints a coverage report (Cobertura) as a table by folder of S3Lister.Functions: coverage.py FILE"""
import collections
import pathlib
import sys
import xml.etree.ElementTree as xml


def rows(root):
    lines, branches = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
    for node in root.iter("class"):
        parts = pathlib.PurePath(node.get("filename").replace("\\", "/")).parts
        if "S3Lister.Functions" not in parts or "obj" in parts:
            continue
        inner = parts[parts.index("S3Lister.Functions") + 1:]
        folder = inner[0] if len(inner) > 1 else "."
        for line in node.findall("lines/line"):
            lines[folder][0] += int(line.get("hits")) > 0
            lines[folder][1] += 1
            if line.get("condition-coverage"):
                taken, all_ = line.get("condition-coverage").split("(")[1].rstrip(")").split("/")
                branches[folder][0] += int(taken)
                branches[folder][1] += int(all_)
    for folder in sorted(lines):
        yield folder, lines[folder], branches[folder]


def percent(counts):
    return f"{100 * counts[0] / counts[1]:.1f} %" if counts[1] else "–"


def main():
    found = list(rows(xml.parse(sys.argv[1]).getroot()))
    if not found:
        sys.exit("error: the report says nothing about S3Lister.Functions")
    print("### Coverage of S3Lister.Functions\n\n| folder | lines | branches |\n| --- | ---: | ---: |")
    for folder, lines, branches in found:
        print(f"| {folder} | {percent(lines)} | {percent(branches)} |")
    total = [[sum(row[index][part] for row in found) for part in (0, 1)] for index in (1, 2)]
    print(f"| **all** | **{percent(total[0])}** | **{percent(total[1])}** |")


if __name__ == "__main__":
    main()
