#!/usr/bin/env python3
"""What a million pages and a million summed objects cost, from measured figures and a table of prices.

Usage: cost.py [FIGURES FOLDER], by default the one beside this file; prints Markdown. Prices are in prices.json.

The model: Lambda gives a function of M megabytes M/1769 of a core, up to one, and bills wall time in steps of a
millisecond. A page takes S3's time, in which it needs no core, and its CPU time at that share. The CPU time is that of
the machine where it was measured. S3's time for a LIST is that of https://github.com/aws-samples/s3-fast-list: 100 million
objects one page after another in 8,214 seconds.
"""

import json
import math
import pathlib
import sys

FULL_CORE_MB = 1769
MEMORY_SIZES = (128, 256, 512, 1024, 1769)
S3_LIST_MS = 80
MILLION = 1_000_000
NOT_PRICED = ("floor", "S3Lister before")


def load(folder, name):
    path = pathlib.Path(folder) / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def lambda_price(prices, architecture, megabytes, milliseconds):
    """A million calls of the given number of milliseconds each."""
    seconds = math.ceil(milliseconds) / 1000 * MILLION
    return seconds * megabytes / 1024 * prices["lambdaGigabyteSecond"][architecture] + prices["lambdaRequestsPerMillion"]


def page_milliseconds(cpu, megabytes, lists=1):
    return lists * S3_LIST_MS + cpu / min(1, megabytes / FULL_CORE_MB)


def gateway_price(prices, body_bytes):
    return prices["apiGatewayHttpApiPerMillion"] * math.ceil(body_bytes / prices["apiGatewayMeteredBytes"])


def data_price(prices, body_bytes):
    return body_bytes * MILLION / 1e9 * prices["dataOutPerGigabyte"]


def variants(function):
    """A page's CPU time and bytes on the wire, plain and in each coding that was measured."""
    yield "plain", function["warmPageCpu"]["median"], function["bodyBytes"]
    for coding, figures in function["compressed"].items():
        yield coding, figures["cpu"]["median"], figures["bodyBytes"]


def memory_table(prices, function):
    lines = [
        "| Lambda memory | billed a page | Lambda, x86_64 | Lambda, arm64 |",
        "| ---: | ---: | ---: | ---: |",
    ]
    cpu = function["warmPageCpu"]["median"]
    for megabytes in MEMORY_SIZES:
        time = page_milliseconds(cpu, megabytes)
        lines.append(
            f"| {megabytes} MB | {math.ceil(time)} ms "
            f"| ${lambda_price(prices, 'x86_64', megabytes, time):.2f} | ${lambda_price(prices, 'arm64', megabytes, time):.2f} |"
        )
    return "\n".join(lines)


def page_table(prices, functions, megabytes):
    lines = [
        "| per million pages | API Gateway | Lambda | S3 LIST | data out | total |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for function in functions:
        if function["name"] in NOT_PRICED:
            continue
        for coding, cpu, body_bytes in variants(function):
            parts = (
                gateway_price(prices, body_bytes),
                lambda_price(prices, "x86_64", megabytes, page_milliseconds(cpu, megabytes)),
                prices["s3ListPerThousand"] * 1000,
                data_price(prices, body_bytes),
            )
            cells = " | ".join(f"${part:.2f}" for part in (*parts, sum(parts)))
            lines.append(f"| {function['name']}, {coding} | {cells} |")
    return "\n".join(lines)


def summary_table(prices, report):
    """A million objects summed by GET /summary: what one call of it costs, scaled to a million objects."""
    way = next((way for way in report["ways"] if way["name"].endswith("/summary")), None)
    if way is None or way["cpu"] is None:
        return None
    millions = way["objects"] / MILLION
    lines = [
        "| Lambda memory | seconds | Lambda, x86_64 | S3 LIST | total, per million objects |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    lists = way["requests"] / 1000 * prices["s3ListPerThousand"] / millions
    for megabytes in MEMORY_SIZES:
        milliseconds = max(way["time"]["median"], way["cpu"]["median"] / min(1, megabytes / FULL_CORE_MB))
        compute = lambda_price(prices, "x86_64", megabytes, milliseconds) / MILLION / millions
        lines.append(
            f"| {megabytes} MB | {milliseconds / 1000 / millions:.1f} | ${compute:.6f} | ${lists:.6f} | ${compute + lists:.6f} |"
        )
    return "\n".join(lines)


def markdown(folder):
    """The prices, the cost of a million pages, and the cost of a million summed objects if that was measured."""
    prices = json.loads((pathlib.Path(__file__).parent / "prices.json").read_text(encoding="utf-8"))
    pages, million = load(folder, "pages"), load(folder, "prefixes")
    parts = [
        f"Prices of {prices['asOf']} in {prices['region']}. {prices['note']} A LIST request takes {S3_LIST_MS} ms.",
        "A million pages of 1,000 keys, with 256 MB on x86_64 and a caller outside AWS:",
        page_table(prices, pages["functions"], 256),
        "A million pages, plain, by the memory and the architecture of the function. The CPU time is that of x86_64 in both columns:",
        memory_table(prices, pages["functions"][0]),
    ]
    if million and (summed := summary_table(prices, million)):
        parts += ["A million objects summed by `GET /summary`:", summed]
    return "\n\n".join(parts)


if __name__ == "__main__":
    print(markdown(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "figures"))
