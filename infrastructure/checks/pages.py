"""Tables for people: each is written to artifacts/checks/, which Git ignores."""
from templates import ROOT

FOLDER = ROOT / "artifacts/checks"


def write(name, body):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.md").write_text(body, encoding="utf-8")


def table(columns, rows):
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
