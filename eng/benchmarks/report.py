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
MEGABYTES = 256
ONE_ROOT = " (one root)"


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def times(distribution):
    return f"{number(distribution['median'])} ({number(distribution['least'])})"


def ratio(value, ours):
    return f"{number(value / ours)} ×"


def rounds(settings):
    return f"{settings['rounds']} alternating rounds" if settings["rounds"] != 1 else "1 round"


def latency(settings):
    spread = f" ± {100 * settings['latencySpread']:g} %" if settings["latencySpread"] else ""
    return f"{settings['latencyMs']:g} ms{spread}"


def protocol(settings):
    return "over TLS" if settings["isTls"] else "over plain HTTP"


def start_of(function, megabytes, milliseconds=0):
    """The starts of a function under one condition; None if they were not measured."""
    condition = {"memoryMegabytes": megabytes, "latencyMs": milliseconds}
    return next((start for start in function["starts"] if start["condition"] == condition), None)


def table(first, columns, rows):
    """Columns of (heading, cell of a row); the first column has the rows' names."""
    lines = [f"| {first} | {' | '.join(heading for heading, _ in columns)} |", f"| --- |{' ---: |' * len(columns)}"]
    lines += [f"| {row['name']} | {' | '.join(cell(row) for _, cell in columns)} |" for row in rows]
    return "\n".join(lines)


def machine_section(pages):
    machine, settings = pages["machine"], pages["settings"]
    return (
        f"Measured on {pages['date']} on {machine['processor']}, {machine['processors']} cores, {machine['system']}, "
        f"{machine['runtime']}, with {'the official' if machine['lambdaPackages'] == 'official' else 'stand-ins for the'} Amazon.Lambda packages. "
        f"S3 is reached {protocol(settings)}. After initialization, a started process has the share of a core that Lambda gives its memory size. "
        f"{rounds(settings)}, each with {settings['starts']} starts, {settings['warmUp']} pages to warm up and {settings['pages']} measured pages; "
        f"{settings['keys']:,} keys with the shape `{settings['shape']}`."
    )


def first_response_section(pages, is_short):
    """Starts with the share of MEGABYTES; the full table also shows minima and CPU time."""
    ours = start_of(pages["functions"][0], MEGABYTES)["startToFirstResponse"]["median"]
    latencies = sorted({s["condition"]["latencyMs"] for s in pages["functions"][0]["starts"]} - {0})
    cell = (lambda distribution: number(distribution["median"])) if is_short else times
    columns = [
        ("initialization", lambda f: cell(start_of(f, MEGABYTES)["initialization"])),
        ("event to first response", lambda f: cell(start_of(f, MEGABYTES)["firstResponse"])),
        ("both", lambda f: times(start_of(f, MEGABYTES)["startToFirstResponse"])),
        ("ratio", lambda f: ratio(start_of(f, MEGABYTES)["startToFirstResponse"]["median"], ours)),
        *((f"both, L = {ms:g}", lambda f, ms=ms: cell(start_of(f, MEGABYTES, ms)["startToFirstResponse"])) for ms in latencies),
        ("CPU until then", lambda f: cell(start_of(f, MEGABYTES)["cpu"])),
    ]
    return table("ms", columns, pages["functions"])


def memory_section(pages, starts, is_short):
    """From the start to the first response, by memory size."""
    others = {function["name"]: function for function in starts["functions"]}
    both = [{"name": f["name"], "starts": f["starts"] + others[f["name"]]["starts"]} for f in pages["functions"] if f["name"] in others]
    sizes = sorted({s["condition"]["memoryMegabytes"] for s in both[0]["starts"]})
    cell = (lambda distribution: number(distribution["median"])) if is_short else times
    columns = [(f"{size} MB", lambda f, size=size: cell(start_of(f, size)["startToFirstResponse"])) for size in sizes]
    return table("ms", columns, both)


def one_root_section(pages, one_root, is_short):
    """The same start with each function's own trusted roots, and with one root for all."""
    own = {function["name"]: start_of(function, MEGABYTES) for function in pages["functions"]}
    ours = start_of(one_root["functions"][0], MEGABYTES)["startToFirstResponse"]["median"]
    rows = [
        {"name": name, "own": own[name], "one": start_of(function, MEGABYTES)}
        for function in one_root["functions"]
        if (name := function["name"].removesuffix(ONE_ROOT)) in own
    ]
    columns = [
        ("own roots", lambda row: times(row["own"]["startToFirstResponse"])),
        ("one root", lambda row: times(row["one"]["startToFirstResponse"])),
        ("ratio with one root", lambda row: ratio(row["one"]["startToFirstResponse"]["median"], ours)),
    ]
    if not is_short:
        columns.append(("CPU with one root", lambda row: times(row["one"]["cpu"])))
    return table("ms", columns, rows)


def pages_section(pages, is_short):
    """The page shows CPU time and size; the full table also shows the rest that was measured."""
    warm = pages["functions"][0]["warmPageCpu"]["median"]
    columns = [
        ("warm page, ms", False, lambda f: times(f["warmPage"])),
        ("CPU of a warm page, ms", True, lambda f: times(f["warmPageCpu"])),
        ("ratio", True, lambda f: ratio(f["warmPageCpu"]["median"], warm)),
        ("garbage, KB", False, lambda f: "–" if f["garbagePerPage"] is None else f"{f['garbagePerPage'] / 1000:.0f}"),
        ("peak memory, MB", True, lambda f: number(f["peakMemory"] / 1e6)),
        ("zip, MB", True, lambda f: f"{f['zipBytes'] / 1e6:.2f}"),
    ]
    columns = [(heading, cell) for heading, is_on_page, cell in columns if is_on_page or not is_short]
    return table("", columns, pages["functions"])


def prefixes_section(report):
    ours = report["ways"][0]["time"]["median"]
    settings = report["settings"]
    lines = [
        f"{settings['keys']:,} keys with the shape `{settings['shape']}`, {latency(settings)} for each LIST request, {protocol(settings)}, {rounds(settings)}. "
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
        "| keys | shape | time of a LIST | seconds | CPU, seconds | LIST requests | over the minimum | peak memory, MB |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for report in reports:
        way, settings, least = report["ways"][0], report["settings"], report["minimalRequests"]
        lines.append(
            f"| {settings['keys']:,} | {settings['shape']} | {latency(settings)} | {number(way['time']['median'] / 1000)} "
            f"| {number(way['cpu']['median'] / 1000)} | {way['requests']:,} | {100 * (way['requests'] - least) / least:.1f} % "
            f"| {number(way['peakMemory'] / 1e6)} |"
        )
    return "\n".join(lines)


def sections(folder, is_short):
    pages, starts, one_root, prefixes = (cost.load(folder, name) for name in ("pages", "starts", "one-root", "prefixes"))
    summaries = [cost.load(folder, path.stem) for path in sorted(pathlib.Path(folder).glob("summary-*.json"))]
    found = {
        "machine": machine_section(pages),
        "first-response": first_response_section(pages, is_short),
        "memory": starts and memory_section(pages, starts, is_short),
        "one-root": one_root and one_root_section(pages, one_root, is_short),
        "pages": pages_section(pages, is_short),
        "prefixes": prefixes and prefixes_section(prefixes),
        "summaries": summaries and summaries_section(summaries),
        "cost": cost.markdown(folder),
    }
    return {name: section for name, section in found.items() if section}


def main(folder):
    text = PAGE.read_text(encoding="utf-8")
    for name, section in sections(folder, is_short=True).items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            sys.exit(f"{PAGE} has no place for {name}.")
        text = pattern.sub(lambda match, section=section: f"{match[1]}{section}\n{match[2]}", text)
    PAGE.write_text(text, encoding="utf-8")
    pages = cost.load(folder, "pages")
    first = [(function["name"], start_of(function, MEGABYTES)["startToFirstResponse"]["median"]) for function in pages["functions"]]
    PAGE.with_suffix(".svg").write_text(chart.svg(first, MEGABYTES, pages, cost.load(folder, "prefixes")), encoding="utf-8")
    ALL_TABLES.parent.mkdir(parents=True, exist_ok=True)
    tables = [f"## {name}\n\n{section}\n" for name, section in sections(folder, is_short=False).items()]
    ALL_TABLES.write_text("\n".join(tables), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else HERE / "figures")
