"""What came in and what became of it: bands from the two sources to the groups of outcomes and the rest for next year.

Where the two sides differ, a band of its own says by how much: nothing is made to fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..components.numbers import percent, plain, written
from ..data.release import Row
from ..i18n import Translator
from . import theme

HEIGHT = 400
_GAP = 16 / HEIGHT
"""Between two bands, as a share of the height: the words of a thin one need room."""
_LEFT, _MIDDLE, _RIGHT = 0.001, 0.42, 0.999
"""Words stand beside the nodes: the right side has the longer ones."""
_COLOURS = {
    "new_received": theme.RECEIVED,
    "carried_in": theme.CARRIED_IN,
    **theme.OUTCOME_GROUPS,
    "carried_forward": theme.CARRIED_FORWARD,
    "missing": theme.DIFFERENCE,
    "surplus": theme.DIFFERENCE,
}


@dataclass(frozen=True)
class _Band:
    name: str
    colour: str
    value: Decimal


def figure(t: Translator, rows: Sequence[Row], names: Mapping[str, str]) -> dict[str, Any]:
    """`rows` are those of FLOW, one number among them at least; `names` are the words of its codes and of missing and surplus."""
    sides = {
        side: [
            _Band(names[row["code"]], _COLOURS[row["code"]], row["value"])
            for row in rows
            if row["side"] == side and row["value"]
        ]
        for side in ("in", "out")
    }
    whole = {side: sum((band.value for band in bands), Decimal(0)) for side, bands in sides.items()}
    difference = whole["in"] - whole["out"]
    if difference:
        code, side = ("missing", "out") if difference > 0 else ("surplus", "in")
        sides[side].append(_Band(names[code], _COLOURS[code], abs(difference)))
    total = max(whole.values())
    bands = [*sides["in"], *sides["out"]]
    incoming = len(sides["in"])
    last = len(bands) + 1
    scale = 1 - _GAP * (max(map(len, sides.values()), default=1) - 1)
    # The node in the middle comes first: words are drawn in the order of the nodes, and on a phone they reach over it.
    return {
        "data": [
            {
                "type": "sankey",
                "arrangement": "fixed",
                "valueformat": ",",
                "node": {
                    "label": [
                        "",
                        *(f"{band.name} {written(band.value)}" for band in sides["in"]),
                        *(_share(band, total) for band in sides["out"]),
                    ],
                    "color": [theme.MUTED, *(band.colour for band in bands)],
                    "x": [_MIDDLE, *([_LEFT] * incoming), *([_RIGHT] * (len(bands) - incoming))],
                    "y": [0.5, *_heights(sides["in"], total, scale), *_heights(sides["out"], total, scale)],
                    "pad": _GAP * HEIGHT,
                    "thickness": 14,
                    "line": {"width": 0},
                    "hovertemplate": "%{label}<extra></extra>",
                },
                "link": {
                    "source": [*range(1, incoming + 1), *([0] * (len(bands) - incoming))],
                    "target": [*([0] * incoming), *range(incoming + 1, last)],
                    "value": [plain(band.value) for band in bands],
                    "color": [theme.faint(band.colour, 0.45) for band in bands],
                    "hovertemplate": f"%{{value:,}} {t('unit.case')}<extra></extra>",
                },
                # So small that on a phone the words of both sides stand beside each other, in English too.
                "textfont": {"family": theme.FONT, "color": theme.INK, "size": 10.5, "shadow": "none"},
            }
        ],
        "layout": theme.plain(margin={"l": 4, "r": 4, "t": 14, "b": 14}),
    }


def _heights(bands: Sequence[_Band], total: Decimal, scale: float) -> list[float]:
    """The middle of each band from the top, as a share of the height; the bands of a side stand in the middle of it."""
    sizes = [float(band.value / total) * scale for band in bands]
    at = (1 - sum(sizes) - _GAP * (len(bands) - 1)) / 2
    middles = []
    for size in sizes:
        middles.append(min(max(at + size / 2, 0.001), 0.999))
        at += size + _GAP
    return middles


def _share(band: _Band, total: Decimal) -> str:
    return f"{band.name} {written(band.value)} · {percent(band.value, total)}"
