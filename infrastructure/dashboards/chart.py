"""Pieces of a dashboard as SVG, drawn into boxes of a grid."""
from html import escape

COLORS = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#17becf"]
FONT = 'font-family="DejaVu Sans, Arial, sans-serif"'
MARGIN, TITLE, LEGEND, LEFT, TICKS = 8, 30, 24, 52, 18


def text(x, y, content, size=11, color="#333", anchor="start", weight="normal"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{color}" text-anchor="{anchor}" '
            f'font-weight="{weight}" {FONT}>{escape(str(content))}</text>')


def box(x, y, width, height, title):
    return (f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="#fff" stroke="#d5d9de"/>'
            + text(x + 12, y + 20, title, 13, "#16191f", weight="bold"))


def short(value):
    """5, 1.5, 20k, 3M."""
    for limit, suffix in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:.3g}{suffix}"
    return f"{value:.3g}"


def ceiling(value):
    """The next number whose quarter is round."""
    if value <= 0:
        return 4
    scale = 1
    while scale < value:
        scale *= 10
    while scale / 10 >= value:
        scale /= 10
    return next(scale / 10 * step for step in (1, 2, 4, 6, 8, 10) if scale / 10 * step >= value)


class Chart:
    """Lines or stacked areas over time, with one axis or two."""

    def __init__(self, place, title, unit, lines, *, stacked=False, right="", threshold=None, start=0):
        self.x, self.y, self.width, self.height = place
        self.title, self.unit, self.right, self.stacked, self.threshold, self.start = title, unit, right, stacked, threshold, start
        self.lines = lines
        self.left_edge = self.x + LEFT
        self.right_edge = self.x + self.width - (LEFT if right else 16)
        self.top, self.bottom = self.y + TITLE + 18, self.y + self.height - LEGEND - TICKS - MARGIN

    def svg(self):
        parts = [box(self.x, self.y, self.width, self.height, self.title)]
        limits = {side: self._limit(side) for side in ("left", "right")}
        parts += self._axes(limits)
        floor = [0] * len(self.lines[0]["points"]) if self.lines else []
        for index, line in enumerate(self.lines):
            color = line.get("color") or COLORS[index % len(COLORS)]
            limit = limits[line.get("axis", "left")]
            points = [point or 0 for point in line["points"]] if self.stacked else line["points"]
            if self.stacked:
                upper = [low + point for low, point in zip(floor, points)]
                way = self._places(upper, limit) + self._places(floor, limit)[::-1]
                parts.append(f'<polygon points="{" ".join(way)}" fill="{color}" fill-opacity="0.55" stroke="{color}" stroke-width="0.8"/>')
                floor = upper
            else:
                parts.append(f'<polyline points="{" ".join(self._places(points, limit))}" fill="none" stroke="{color}" stroke-width="1.4"/>')
        if self.threshold:
            label, value = self.threshold
            at = self._height(value, limits["left"])
            parts.append(f'<line x1="{self.left_edge}" y1="{at:.1f}" x2="{self.right_edge}" y2="{at:.1f}" stroke="#d62728" stroke-dasharray="5 3"/>')
            parts.append(text(self.left_edge + 6, at - 4, f"{label}: {short(value)}", 10, "#d62728"))
        return "".join(parts + self._legend())

    def _limit(self, side):
        own = [line["points"] for line in self.lines if line.get("axis", "left") == side]
        if self.stacked:
            own = [[sum(values) for values in zip(*[[point or 0 for point in points] for points in own])]]
        top = max((point for points in own for point in points if point is not None), default=0)
        if side == "left" and self.threshold:
            top = max(top, self.threshold[1] * 1.15)
        return ceiling(top * 1.05)

    def _height(self, value, limit):
        return self.bottom - (self.bottom - self.top) * value / limit

    def _places(self, points, limit):
        step = (self.right_edge - self.left_edge) / max(1, len(points) - 1)
        return [f"{self.left_edge + index * step:.1f},{self._height(point, limit):.1f}" for index, point in enumerate(points) if point is not None]

    def _axes(self, limits):
        parts = [text(self.x + 12, self.y + TITLE + 8, self.unit, 10, "#687078")]
        if self.right:
            parts.append(text(self.x + self.width - 12, self.y + TITLE + 8, self.right, 10, "#687078", "end"))
        for quarter in range(5):
            at = self._height(quarter / 4, 1)
            parts.append(f'<line x1="{self.left_edge}" y1="{at:.1f}" x2="{self.right_edge}" y2="{at:.1f}" stroke="#eaeded"/>')
            parts.append(text(self.left_edge - 6, at + 4, short(limits["left"] * quarter / 4), 10, "#687078", "end"))
            if self.right:
                parts.append(text(self.right_edge + 6, at + 4, short(limits["right"] * quarter / 4), 10, "#687078"))
        minutes = len(self.lines[0]["points"]) if self.lines else 180
        for minute in range(0, minutes, 30):
            at = self.left_edge + (self.right_edge - self.left_edge) * minute / (minutes - 1)
            clock = self.start + minute
            parts.append(text(at, self.bottom + 14, f"{clock // 60:02}:{clock % 60:02}", 10, "#687078", "middle"))
        return parts

    def _legend(self):
        parts, at, y = [], self.x + 12, self.y + self.height - 10
        for index, line in enumerate(self.lines):
            color = line.get("color") or COLORS[index % len(COLORS)]
            parts.append(f'<rect x="{at}" y="{y - 8}" width="10" height="9" fill="{color}"/>')
            parts.append(text(at + 14, y, line["label"], 10))
            at += 14 + 6.4 * len(line["label"]) + 12
        return parts


def note(place, lines):
    """A heading and a line below it."""
    x, y, width, height = place
    return (f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="#fff" stroke="#d5d9de"/>'
            + text(x + 14, y + 30, lines[0], 18, "#16191f", weight="bold") + "".join(text(x + 14, y + 56, line, 12) for line in lines[1:]))


def lamps(place, title, alarms):
    x, y, width, height = place
    parts, each = [box(x, y, width, height, title)], (width - 24) / max(1, len(alarms))
    for index, (name, state) in enumerate(alarms):
        color = "#d13212" if state == "ALARM" else "#1d8102"
        at = x + 12 + index * each
        parts.append(f'<rect x="{at:.1f}" y="{y + 32}" width="{each - 10:.1f}" height="{height - 42}" rx="3" fill="{color}" fill-opacity="0.1" stroke="{color}"/>')
        parts.append(text(at + 10, y + 50, f"{name}: {'In alarm' if state == 'ALARM' else 'OK'}", 12, color))
    return "".join(parts)


def number(place, title, value, unit, color):
    x, y, width, height = place
    return box(x, y, width, height, title) + text(x + width / 2, y + height / 2 + 24, f"{short(value)}{unit}", 30, color, "middle", "bold")


def bars(place, title, rows):
    x, y, width, height = place
    most = max(count for _, count in rows)
    parts = [box(x, y, width, height, title)]
    for index, (label, count) in enumerate(rows):
        at = y + 46 + index * 38
        parts.append(text(x + 12, at, label, 11))
        parts.append(f'<rect x="{x + 12}" y="{at + 6}" width="{(width - 90) * count / most:.1f}" height="12" fill="{COLORS[index % len(COLORS)]}"/>')
        parts.append(text(x + 20 + (width - 90) * count / most, at + 16, count, 11))
    return "".join(parts)


def table(place, title, names, rows):
    x, y, width, height = place
    parts, each = [box(x, y, width, height, title)], (width - 24) / len(names)
    for line, row in enumerate([names, *rows]):
        for column, value in enumerate(row):
            parts.append(text(x + 12 + column * each, y + 48 + line * 24, value, 10.5, "#687078" if line == 0 else "#333", weight="bold" if line == 0 else "normal"))
        parts.append(f'<line x1="{x + 12}" y1="{y + 55 + line * 24}" x2="{x + width - 12}" y2="{y + 55 + line * 24}" stroke="#eaeded"/>')
    return "".join(parts)


def picture(width, height, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f'<rect width="{width}" height="{height}" fill="#f2f3f3"/>' + "\n".join(parts) + "</svg>\n")
