"""Tables for people: each is written to artifacts/checks/, which Git ignores."""
from templates import ROOT

FOLDER = ROOT / "artifacts/checks"


def write(name, body):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.md").write_text(body, encoding="utf-8")


def fresh(name, body):
    """No page holds a table any more, so none is out of date."""
    return body, True


def table(columns, rows):
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
