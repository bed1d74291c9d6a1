"""How many pieces of information an issuer put out by which channel; the form has no table for it, only the prose tells."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .draw import size
from .organs import Issuer

_MEDIANS = {"township": 70.0, "county": 2_600.0, "city": 6_500.0, "province": 14_000.0}
_DEPARTMENT_MEDIAN = 160.0


@dataclass(frozen=True)
class Channel:
    """`code` is what the parser calls it, `weight` its share of the year's pieces against the other channels of the issuer."""

    name: str
    code: str
    weight: float


_CHANNELS = (
    (Channel("政府网站", "website", 1.0), 1.0),
    (Channel("微信公众号", "wechat", 1.6), 0.9),
    (Channel("政务微博", "weibo", 0.8), 0.35),
    (Channel("政务抖音号", "short_video", 0.3), 0.2),
    (Channel("政务公开栏", "notice_board", 0.25), 0.3),
)
"""Every channel with the share of issuers that use it."""
CODES = {channel.name: channel.code for channel, _ in _CHANNELS}
"""What the parser calls the channels, by name."""


def simulate_channels(rng: Random, issuer: Issuer, years: int) -> list[dict[str, int]]:
    """Pieces by channel name, for consecutive years."""
    used = [channel for channel, share in _CHANNELS if rng.random() < share]
    median = _DEPARTMENT_MEDIAN if issuer.department else _MEDIANS[issuer.level]
    base = {channel.name: size(rng, median * channel.weight, 0.5, 4, 60_000) for channel in used}
    return [
        {name: max(1, round(pieces * 1.05**year * rng.lognormvariate(0, 0.15))) for name, pieces in base.items()}
        for year in range(years)
    ]
