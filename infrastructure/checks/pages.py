"""Parts of docs/security.md that are written from files: between <!-- FILE --> and <!-- /FILE -->."""
from templates import ROOT

PAGE = ROOT / "docs/security.md"


def fresh(name, body):
    """The page with that part as it should be, and whether it is so already."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(f"<!-- {name} -->\n")
    after = rest.split(f"<!-- /{name} -->\n")[1]
    wanted = f"{before}<!-- {name} -->\n\n{body}\n<!-- /{name} -->\n{after}"
    return wanted, wanted == text


def write(name, body):
    PAGE.write_text(fresh(name, body)[0], encoding="utf-8")
