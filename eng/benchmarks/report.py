#!/usr/bin/env python3
"""Writes the figures of a run: the short tables and the chart of docs/performance.md, and all tables into artifacts/.

Usage: report.py [FIGURES FOLDER], by default the one beside this file. A table of the page is between <!-- NAME --> and
<!-- /NAME -->. Tables without figures are left out.
"""

import pathlib
import re
import sys

import chart
import cost

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "performance.md"
ALL_TABLES = ROOT / "artifacts" / "side-by-side" / "tables.md"


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def times(distribution):
    return f"{number(distribution['median'])} ({number(distribution['least'])})"


def ratio(value, ours):
    return f"{number(value / ours)} ×"


def rounds(settings):
    return f"{settings['rounds']} alternating rounds" if settings["rounds"] != 1 else "1 round"


def machine_section(pages):
    machine, settings = pages["machine"], pages["settings"]
    return (
        f"Measured on {pages['date']} on {machine['processor']}, {machine['processors']} cores, {machine['system']}, "
        f"{machine['runtime']}, with {'the official' if machine['lambdaPackages'] == 'official' else 'stand-ins for the'} Amazon.Lambda packages. "
        f"{rounds(settings)}, each with {settings['starts']} starts, {settings['warmUp']} pages to warm up and {settings['pages']} measured pages; "
        f"{settings['keys']:,} keys with the shape `{settings['shape']}`."
    )


def pages_section(pages, is_short):
    """The page shows how fast and how large; the full table also shows the rest that was measured."""
    ours = pages["functions"][0]
    start, warm = ours["startToFirstResponse"]["median"], ours["warmPageCpu"]["median"]
    columns = [
        ("start to first response, ms", True, lambda f: times(f["startToFirstResponse"])),
        ("ratio", True, lambda f: ratio(f["startToFirstResponse"]["median"], start)),
        ("CPU until then, ms", False, lambda f: times(f["firstPageCpu"])),
        ("warm page, ms", False, lambda f: times(f["warmPage"])),
        ("CPU of a warm page, ms", True, lambda f: times(f["warmPageCpu"])),
        ("ratio", True, lambda f: ratio(f["warmPageCpu"]["median"], warm)),
        ("garbage, KB", False, lambda f: "–" if f["garbagePerPage"] is None else f"{f['garbagePerPage'] / 1000:.0f}"),
        ("peak memory, MB", True, lambda f: number(f["peakMemory"] / 1e6)),
        ("zip, MB", True, lambda f: f"{f['zipBytes'] / 1e6:.2f}"),
    ]
    columns = [(heading, cell) for heading, is_on_page, cell in columns if is_on_page or not is_short]
    lines = [f"| | {' | '.join(heading for heading, _ in columns)} |", f"| --- |{' ---: |' * len(columns)}"]
    lines += [f"| {function['name']} | {' | '.join(cell(function) for _, cell in columns)} |" for function in pages["functions"]]
    return "\n".join(lines)


def prefixes_section(report):
    ours = report["ways"][0]["time"]["median"]
    settings = report["settings"]
    lines = [
        f"{settings['keys']:,} keys with the shape `{settings['shape']}`, {settings['latencyMs']:g} ms for each LIST request, {rounds(settings)}. "
        f"S3Lister runs on core {settings['functionCpus']} only; its time includes the cold start.",
        "",
        "| | seconds | ratio | LIST requests | peak memory, MB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for way in report["ways"]:
        seconds = way["time"]["median"] / 1000
        lines.append(
            f"| {way['name']} | {number(seconds)} | {ratio(way['time']['median'], ours)} | {way['requests']:,} | {number(way['peakMemory'] / 1e6)} |"
        )
    return "\n".join(lines)


def summaries_section(reports):
    lines = [
        "| keys | shape | ms per LIST | seconds | CPU, seconds | LIST requests | over the minimum | peak memory, MB |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for report in reports:
        way, settings, least = report["ways"][0], report["settings"], report["minimalRequests"]
        lines.append(
            f"| {settings['keys']:,} | {settings['shape']} | {settings['latencyMs']:g} | {number(way['time']['median'] / 1000)} "
            f"| {number(way['cpu']['median'] / 1000)} | {way['requests']:,} | {100 * (way['requests'] - least) / least:.1f} % "
            f"| {number(way['peakMemory'] / 1e6)} |"
        )
    return "\n".join(lines)


def sections(folder, is_short):
    pages = cost.load(folder, "pages")
    found = {"machine": machine_section(pages), "pages": pages_section(pages, is_short), "cost": cost.markdown(folder, is_short)}
    if prefixes := cost.load(folder, "prefixes"):
        found["prefixes"] = prefixes_section(prefixes)
    if reports := [cost.load(folder, path.stem) for path in sorted(pathlib.Path(folder).glob("summary-*.json"))]:
        found["summaries"] = summaries_section(reports)
    return found


def main(folder):
    text = PAGE.read_text(encoding="utf-8")
    for name, section in sections(folder, is_short=True).items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            sys.exit(f"{PAGE} has no place for {name}.")
        text = pattern.sub(lambda match, section=section: f"{match[1]}{section}\n{match[2]}", text)
    PAGE.write_text(text, encoding="utf-8")
    PAGE.with_suffix(".svg").write_text(chart.svg(cost.load(folder, "pages"), cost.load(folder, "prefixes")), encoding="utf-8")
    ALL_TABLES.parent.mkdir(parents=True, exist_ok=True)
    ALL_TABLES.write_text("\n\n".join(sections(folder, is_short=False).values()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else HERE / "figures")
