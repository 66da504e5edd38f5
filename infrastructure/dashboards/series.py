"""Sample metrics, and the metric math that the dashboards use, over lists of one value a minute."""
import math
import random


class Series(list):
    """Values of which any may be None, which stays None through an operator."""

    def _zip(self, other, apply):
        others = other if isinstance(other, Series) else [other] * len(self)
        return Series(None if a is None or b is None else apply(a, b) for a, b in zip(self, others))

    def __add__(self, other):
        return self._zip(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self._zip(other, lambda a, b: a - b)

    def __rsub__(self, other):
        return self._zip(other, lambda a, b: b - a)

    def __mul__(self, other):
        return self._zip(other, lambda a, b: a * b)

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other):
        return self._zip(other, lambda a, b: a / b if b else None)

    def __ge__(self, other):
        return self._zip(other, lambda a, b: a >= b)


def fill(series, value):
    return Series(value if point is None else point for point in series)


def choose(condition, then, otherwise):
    def at(value, index):
        return value[index] if isinstance(value, Series) else value
    return Series(at(then if holds else otherwise, index) for index, holds in enumerate(condition))


def evaluate(expression, series):
    """Only names of series and the two functions are known to the expression, which is one of this repository's."""
    return eval(expression, {"__builtins__": {}}, {**series, "FILL": fill, "IF": choose})  # pylint: disable=eval-used


class Samples:
    """One value a minute for each metric of sample-metrics.json, the same at each run."""

    def __init__(self, source):
        self.source, self.minutes = source, source["minutes"]

    def of(self, namespace, name, dimensions, stat, period=60):
        """The most exactly described metric; a longer period is a sliding window of the sum."""
        words = [namespace, name, *dimensions, stat]
        known = [key for key in self.source["metrics"] if self._fits(key, words)]
        if not known:
            raise KeyError(f"sample-metrics.json has no {' '.join(words)}")
        key = max(known, key=len)
        points = Series(self._point(key, minute, minute) for minute in range(self.minutes))
        if period <= 60 or not stat.startswith("S"):
            return points
        window = period // 60
        before = [self._point(key, minute, None) for minute in range(-window, 0)]
        whole = before + list(points)
        return Series(sum(whole[minute + 1:minute + 1 + window]) for minute in range(self.minutes))

    @staticmethod
    def _fits(key, words):
        namespace, name, *rest = key.split(" ", 2)
        return [namespace, name] == words[:2] and "".join(rest) in " ".join(words[2:])

    def _point(self, key, minute, within):
        shape = self.source["metrics"][key]
        level = shape["usual"] + shape.get("swing", 0) * math.sin(2 * math.pi * minute / 170)
        for event in ("outage", "deployment"):
            start, end = self.source[event]
            if within is not None and start <= within < end and event in shape:
                level = shape[event]
        noise = shape.get("noise", 0) or level * 0.06
        return max(0, level + noise * (random.Random(f"{key} {minute}").random() * 2 - 1))
