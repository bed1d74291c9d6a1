"""The map of a region by its parts, with the choice of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from ..data.places import PLACES
from ..data.release import Row
from ..figures import region_map
from ..figures.region_map import MapPlace
from ..view import View
from . import charts
from .numbers import SMALLEST_DENOMINATOR


@dataclass(frozen=True)
class Measure:
    """A rate that the map can show: the indicator's code, and the columns it divides."""

    code: str
    numerator: str
    denominator: str
    unit: str


_MEASURES = {
    measure.code: measure
    for measure in (
        Measure("disclosure_rate", "disclosed", "processed", "件"),
        Measure("dispute_rate", "disputes", "processed", "件"),
        Measure("error_rate", "broken", "judged", "份"),
        Measure("filing_rate", "filed", "expected", "份"),
    )
}


@dataclass(frozen=True)
class _Named:
    name_zh: str
    name_en: str
    unit: str


def region_panel(view: View) -> list[Component]:
    """Nothing where there is no map of the region, as of a county."""
    t = view.t
    measure = _MEASURES.get(view.address.options.get("measure", ""), _MEASURES["disclosure_rate"])
    places = [_place(row, measure) for row in view.rows(PLACES)]
    name = f"measure.{measure.code}"
    words = _Named(*t.both(name), measure.unit)
    figure = region_map.figure(t, view.address.region, places, words)
    if figure is None:
        return []
    undrawn = region_map.not_drawn(view.address.region, places)
    choice = dmc.Select(
        id={"option": "measure"},
        label=t("measure.label"),
        data=[{"value": code, "label": t(f"measure.{code}")} for code in _MEASURES],
        value=measure.code,
        allowDeselect=False,
        size="xs",
        className="panel-choice",
    )
    return [
        charts.chart_panel(
            view,
            "map",
            PLACES,
            figure,
            t("chart.map.summary", place=view.place, when=view.when, indicator=t(name)),
            height=460,
            legend=region_map.legend(figure),
            drill=True,
            controls=[
                choice,
                *([html.P(t("map.undrawn", names=_names(undrawn)), className="panel-text")] if undrawn else []),
            ],
        )
    ]


def _place(row: Row, measure: Measure) -> MapPlace:
    numerator, denominator = row[measure.numerator], row[measure.denominator]
    known = numerator is not None and denominator is not None
    rated = known and denominator >= SMALLEST_DENOMINATOR
    # A report that nobody filed is what the filing rate counts; every other rate is of reports.
    missing = not row["reports"] and measure.code != "filing_rate"
    status = "no_report" if missing else "rated" if rated else "too_few" if known and denominator else "not_assessable"
    value = Decimal(numerator) / Decimal(denominator) if rated else None
    return MapPlace(row["region_code"], row["region_name"], value, status, numerator, denominator, row["reports"])


def _names(places: Sequence[MapPlace]) -> str:
    return "、".join(place.name for place in places)
