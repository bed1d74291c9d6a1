"""Random draws that the standard library lacks: counts, splits of a count, and sizes that spread over orders of magnitude."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

_EXACT_LIMIT = 200
"""Above this a normal approximation stands in for single draws, which would cost time in proportion to the count."""


def poisson(rng: Random, mean: float) -> int:
    """A count with the given mean (at least 0)."""
    if mean > _EXACT_LIMIT:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    count, product, floor = 0, rng.random(), math.exp(-mean)
    while product > floor:
        count += 1
        product *= rng.random()
    return count


def binomial(rng: Random, trials: int, chance: float) -> int:
    """How many of `trials` come true when each does with `chance`."""
    if trials > _EXACT_LIMIT:
        drawn = round(rng.gauss(trials * chance, math.sqrt(trials * chance * (1 - chance))))
        return min(trials, max(0, drawn))
    return sum(rng.random() < chance for _ in range(trials))


def split(rng: Random, total: int, weights: Sequence[float]) -> list[int]:
    """`total` divided at random in proportion to `weights`; the parts sum to `total`."""
    parts = [0] * len(weights)
    if total <= _EXACT_LIMIT:
        for index in rng.choices(range(len(weights)), weights, k=total):
            parts[index] += 1
        return parts
    weight_left = math.fsum(weights)
    for index, weight in enumerate(weights[:-1]):
        parts[index] = binomial(rng, total, min(1.0, weight / weight_left))
        total -= parts[index]
        weight_left -= weight
    parts[-1] = total
    return parts


def size(rng: Random, median: float, spread: float, low: float, high: float) -> float:
    """A log-normal size within `low` and `high`; `spread` is the standard deviation of its logarithm."""
    return min(high, max(low, median * math.exp(rng.gauss(0, spread))))
