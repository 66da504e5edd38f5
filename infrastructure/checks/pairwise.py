"""Few combinations of options in which every two values of two options meet that may meet."""
import random
from itertools import combinations

TRIES = 200


def combine(options, valid=lambda choice: True):
    """options: each name's values; valid: whether a combination may be. Same input, same combinations."""
    names, dice = sorted(options), random.Random(1)
    wanted = {(a, x, b, y) for a, b in combinations(names, 2) for x in options[a] for y in options[b]}
    chosen = []
    while wanted:
        a, x, b, y = min(wanted)
        tries = ({name: dice.choice(options[name]) for name in names} | {a: x, b: y} for _ in range(TRIES))
        best = max((choice for choice in tries if valid(choice)), key=lambda choice: len(met(choice, names) & wanted), default=None)
        if best is None:
            wanted.discard((a, x, b, y))
        else:
            wanted -= met(best, names)
            chosen.append(best)
    return chosen


def met(choice, names):
    return {(a, choice[a], b, choice[b]) for a, b in combinations(names, 2)}
