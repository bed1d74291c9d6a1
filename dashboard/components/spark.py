"""A row of small bars: how a figure moved over the years, at a glance. Without axes, so it only goes beside the figure itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from .attributes import hyphened
from .numbers import written


def spark(years: Sequence[int], values: Sequence[Decimal | int | None], chosen: int | None) -> Component:
    """A year without a number leaves a gap. The words are for whoever cannot see the bars."""
    highest = max((value for value in values if value is not None), default=0) or 1
    bars = [
        html.Span(
            className="spark-bar is-chosen" if year == chosen else "spark-bar",
            style={"height": f"{max(4, round(100 * float(value / highest)))}%"}
            if value is not None
            else {"height": "0"},
        )
        for year, value in zip(years, values, strict=True)
    ]
    words = ", ".join(f"{year}: {written(value)}" for year, value in zip(years, values, strict=True))
    return html.Div(
        [*bars, html.Span(words, className="visually-hidden")],
        className="spark",
        title=words,
        **hyphened(data_spark=""),
    )
