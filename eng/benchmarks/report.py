#!/usr/bin/env python3
"""Writes the tables of docs/performance.md and its chart from the figures of a run.

Usage: report.py [FIGURES FOLDER], by default the one beside this file. A table stands between <!-- NAME --> and
<!-- /NAME -->; what is not measured yet is left out.
"""

import pathlib
import re
import sys

import chart
import cost

HERE = pathlib.Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "performance.md"


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def times(distribution):
    return f"{number(distribution['median'])} ({number(distribution['least'])})"


def ratio(value, ours):
    return f"{number(value / ours)} ×"


def rounds(settings):
    return f"{settings['rounds']} round{'s' if settings['rounds'] != 1 else ''} in turn"


def machine_section(pages):
    machine, settings = pages["machine"], pages["settings"]
    return (
        f"Measured on {pages['date']}: {machine['processor']}, {machine['processors']} cores, {machine['system']}, "
        f"{machine['runtime']}, {'' if machine['lambdaPackages'] == 'official' else 'stand-ins of the '}Amazon.Lambda packages. {rounds(settings)}, "
        f"{settings['starts']} starts and {settings['pages']} warm pages a round after {settings['warmUp']} to warm up, "
        f"{settings['keys']:,} keys of shape {settings['shape']}."
    )


def pages_section(pages):
    ours = pages["functions"][0]
    lines = [
        "| | start to first response, ms | ratio | CPU until then, ms | warm page, ms | CPU of a warm page, ms | ratio | garbage, KB | peak memory, MB | zip, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for function in pages["functions"]:
        garbage = function["garbagePerPage"]
        first, cpu = function["startToFirstResponse"], function["warmPageCpu"]
        cells = [
            function["name"],
            times(first),
            ratio(first["median"], ours["startToFirstResponse"]["median"]),
            times(function["firstPageCpu"]),
            times(function["warmPage"]),
            times(cpu),
            ratio(cpu["median"], ours["warmPageCpu"]["median"]),
            "–" if garbage is None else f"{garbage / 1000:.0f}",
            number(function["peakMemory"] / 1e6),
            f"{function['zipBytes'] / 1e6:.2f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def prefixes_section(report):
    ours = report["ways"][0]["time"]["median"]
    settings = report["settings"]
    lines = [
        f"{settings['keys']:,} keys of shape {settings['shape']}, {settings['latencyMs']:g} ms a LIST, {rounds(settings)}; "
        f"our function on core {settings['functionCpus']} alone, its cold start included.",
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
        "| keys | shape | ms a LIST | seconds | CPU, seconds | LIST requests | over the minimum | peak memory, MB |",
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


def sections(folder):
    pages = cost.load(folder, "pages")
    found = {"machine": machine_section(pages), "pages": pages_section(pages), "cost": cost.markdown(folder)}
    if prefixes := cost.load(folder, "prefixes"):
        found["prefixes"] = prefixes_section(prefixes)
    if reports := [cost.load(folder, path.stem) for path in sorted(pathlib.Path(folder).glob("summary-*.json"))]:
        found["summaries"] = summaries_section(reports)
    return found


def main(folder):
    text = PAGE.read_text()
    for name, section in sections(folder).items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            sys.exit(f"{PAGE} has no place for {name}.")
        text = pattern.sub(lambda match, section=section: f"{match[1]}{section}\n{match[2]}", text)
    PAGE.write_text(text)
    PAGE.with_suffix(".svg").write_text(chart.svg(cost.load(folder, "pages"), cost.load(folder, "prefixes")))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else HERE / "figures")
