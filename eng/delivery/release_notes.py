"""Prints the notes of a version, its section of CHANGELOG.md: release_notes.py VERSION [CHANGELOG]

A release without a section fails; a pre-release has the unreleased changes, if any."""
import pathlib
import re
import sys

CHANGELOG = pathlib.Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def notes(version, text):
    name = "Unreleased" if "-" in version else re.escape(version.removeprefix("v"))
    match = re.search(rf"^## \[{name}\][^\n]*\n(.*?)(?=^## |^\[[^\]]+\]: |\Z)", text, re.M | re.S)
    if name == "Unreleased" and not (match and match[1].strip()):
        return "Nothing is noted yet."
    if not match or not match[1].strip():
        sys.exit(f"error: CHANGELOG.md says nothing about {version}: give it a section ## [{version.removeprefix('v')}]")
    return match[1].strip()


if __name__ == "__main__":
    path = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else CHANGELOG
    print(notes(sys.argv[1], path.read_text()))
