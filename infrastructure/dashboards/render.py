#!/usr/bin/env python3
"""Draws the CloudWatch and the Grafana dashboard from their definitions, with sample metrics.

    python3 infrastructure/dashboards/render.py [--check]

Writes docs/images/*.svg; with --check it only checks whether they are up to date. Needs PyYAML, which comes
with cfn-lint.
"""
import json
import re
import sys
from pathlib import Path

import yaml

import chart
from series import Samples, evaluate

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
IMAGES = ROOT / "docs" / "images"
COLUMN, ROW, GAP = 60, 46, 8
VALUES = {
    "ServiceStackName": "s3lister", "ListObjectsFunction": "ListObjects", "SummaryFunction": "Summary", "HealthFunction": "Health", "DescribeAccessFunction": "DescribeAccess",
    "AWS::Region": "eu-central-1", "RunbookUrl": "docs/operations.md",
    "stack": "s3lister", "list": "ListObjects", "summary": "Summary", "health": "Health", "access": "DescribeAccess",
}


def place(x, y, width, height, row=ROW):
    return x * COLUMN + GAP / 2, y * row + GAP / 2, width * COLUMN - GAP, height * row - GAP


def clock(samples):
    hours, minutes = samples.source["start"].split(":")
    return int(hours) * 60 + int(minutes)


class CloudWatch:
    """The body of the template's dashboard."""

    def __init__(self, samples):
        template = yaml.safe_load((ROOT / "infrastructure" / "observability.template").read_text(encoding="utf-8"))
        values = {name: parameter.get("Default", name) for name, parameter in template["Parameters"].items()} | VALUES
        text = template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"][0]
        self.body = json.loads(re.sub(r"\$\{([^}]+)\}", lambda match: str(values.get(match[1], match[1])), text))
        self.samples = samples

    def svg(self):
        widgets = self.body["widgets"]
        height = max(widget["y"] + widget["height"] for widget in widgets) * ROW
        return chart.picture(24 * COLUMN, height, [self._widget(widget) for widget in widgets])

    def _widget(self, widget):
        at, properties = place(widget["x"], widget["y"], widget["width"], widget["height"]), widget["properties"]
        source = self.samples.source
        match widget["type"]:
            case "text":
                lines = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", properties["markdown"]).split("\n")
                return chart.note(at, [line.lstrip("# ") for line in lines])
            case "alarm":
                names = [alarm.split(".")[0] for alarm in properties["alarms"]]
                return chart.lamps(at, properties["title"], [(name, source["alarms"].get(name, "OK")) for name in names])
            case "log":
                names = re.search(r"fields ([^|]+)\|", properties["query"])[1].split(",")
                return chart.table(at, properties["title"], [name.strip() for name in names], source["log"])
            case _ if "insightRule" in properties:
                return chart.bars(at, properties["title"], source["contributors"])
        axes = properties["yAxis"]
        threshold = next(((item["label"], item["value"]) for item in properties.get("annotations", {}).get("horizontal", [])), None)
        return chart.Chart(at, properties["title"], axes["left"]["label"], self._lines(properties), stacked=properties["stacked"],
                           right=axes.get("right", {}).get("label", ""), threshold=threshold, start=clock(self.samples)).svg()

    def _lines(self, properties):
        known, lines = {}, []
        for row in sorted(properties["metrics"], key=lambda row: isinstance(row[0], dict)):
            options = row[-1] if isinstance(row[-1], dict) else {}
            if "expression" in options:
                points = evaluate(options["expression"], known)
            else:
                namespace, name, *dimensions = [part for part in row if isinstance(part, str)]
                points = self.samples.of(namespace, name, dimensions[1::2], options.get("stat", properties["stat"]), properties["period"])
                known[options.get("id", name)] = points
            if options.get("visible", True):
                lines.append({"label": options["label"], "points": points, "axis": options.get("yAxis", "left"), "color": options.get("color")})
        return lines


class Grafana:
    """The panels of infrastructure/dashboards/grafana/dashboard.json."""

    UNITS = {"cpm": "a minute", "percent": "%", "ms": "ms", "none": ""}

    def __init__(self, samples):
        self.body = json.loads((HERE / "grafana" / "dashboard.json").read_text(encoding="utf-8"))
        self.samples = samples

    def svg(self):
        panels = self.body["panels"]
        row = 34
        height = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in panels) * row
        return chart.picture(24 * COLUMN, height, [self._panel(panel, row) for panel in panels])

    def _panel(self, panel, row):
        grid, defaults = panel["gridPos"], panel["fieldConfig"]["defaults"]
        at, unit = place(grid["x"], grid["y"], grid["w"], grid["h"], row), self.UNITS[defaults["unit"]]
        lines = self._lines(panel["targets"])
        steps = [(step["value"], step["color"]) for step in defaults["thresholds"]["steps"]]
        if panel["type"] == "stat":
            value = lines[0]["points"][-1]
            color = [color for limit, color in steps if limit is None or value >= limit][-1]
            return chart.number(at, panel["title"], value, " %" if unit == "%" else "", {"red": "#d13212", "green": "#1d8102"}[color])
        limit = steps[-1][0]
        stacked = defaults["custom"]["stacking"]["mode"] == "normal"
        return chart.Chart(at, panel["title"], unit, lines, stacked=stacked, threshold=("Limit", limit) if limit else None, start=clock(self.samples)).svg()

    def _lines(self, targets):
        known, lines = {}, []
        for target in targets:
            if target.get("expression"):
                points = evaluate(target["expression"], known)
            else:
                named = [re.sub(r"\$(\w+)", lambda match: VALUES.get(match[1], match[1]), text) for text in (target["namespace"], *target["dimensions"].values())]
                points = self.samples.of(named[0], target["metricName"], named[1:], target["statistic"], int(target["period"] or 60))
                known[target["id"]] = points
            if not target["hide"]:
                lines.append({"label": target["label"], "points": points})
        return lines


def main():
    samples = Samples(json.loads((HERE / "sample-metrics.json").read_text(encoding="utf-8")))
    pictures = {"cloudwatch-dashboard.svg": CloudWatch(samples).svg(), "grafana-dashboard.svg": Grafana(samples).svg()}
    if "--check" in sys.argv[1:]:
        stale = [name for name, svg in pictures.items() if not (IMAGES / name).exists() or (IMAGES / name).read_text(encoding="utf-8") != svg]
        for name in stale:
            print(f"docs/images/{name} is not what infrastructure/dashboards/render.py draws", file=sys.stderr)
        return len(stale)
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures.items():
        (IMAGES / name).write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
