"""The chart of docs/performance.md: bars from zero, a panel for each question."""

from xml.sax.saxutils import escape

WIDTH = 860
LABELS = 210
VALUES = 90
ROW = 26
BAR = 16
TITLE = 44
OURS, OTHERS, FLOOR = "#c2410c", "#64748b", "#a8b3c2"


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def colour(name):
    return OURS if name.startswith("S3Lister") else FLOOR if name == "floor" else OTHERS


def panel(title, bars, top):
    """Bars of (name, value) below a title; returns the elements and where the next panel begins."""
    largest = max(value for _, value in bars)
    scale = (WIDTH - LABELS - VALUES) / largest
    elements = [f'<text x="16" y="{top + 26}" class="title">{escape(title)}</text>']
    y = top + TITLE
    for name, value in bars:
        length = max(2, value * scale)
        middle = y + ROW / 2 + 4.5
        elements += [
            f'<text x="{LABELS - 10}" y="{middle}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LABELS}" y="{y + (ROW - BAR) / 2}" width="{length:.1f}" height="{BAR}" rx="2" fill="{colour(name)}"/>',
            f'<text x="{LABELS + length + 8:.1f}" y="{middle}">{number(value)}</text>',
        ]
        y += ROW
    return elements, y + 14


def svg(first_responses, megabytes, pages, prefixes):
    """First responses are bars: names and milliseconds with the share of a core that this memory size has."""
    panels = [
        (f"From the start of the process to the first response over TLS, {megabytes} MB, ms", first_responses),
        ("CPU of a warm page of 1000 keys, ms", [(f["name"], f["warmPageCpu"]["median"]) for f in pages["functions"]]),
    ]
    if prefixes:
        settings = prefixes["settings"]
        panels.append((
            f"Seconds to sum {settings['keys']:,} objects, {settings['latencyMs']:g} ms a LIST",
            [(way["name"], way["time"]["median"] / 1000) for way in prefixes["ways"]],
        ))
    elements, top = [], 0
    for title, bars in panels:
        drawn, top = panel(title, bars, top)
        elements += drawn
    style = "text{font:14px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;fill:#1f2937}.title{font-weight:600;font-size:15px}"
    description = escape(". ".join(title for title, _ in panels))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" height="{top}" role="img" aria-label="{description}">',
        f"<style>{style}</style>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *elements,
        "</svg>",
        "",
    ])
