"""Controls that write a page's own choice into the address: their id is `{"option": NAME}` (pages/selected.py)."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from .attributes import hyphened


def one_of(name: str, label: str, choices: dict[str, str], value: str) -> Component:
    """A few choices side by side, as value → words."""
    return html.Div(
        [
            html.Span(label, className="option-label"),
            dmc.SegmentedControl(
                id={"option": name},
                data=[{"value": choice, "label": words} for choice, words in choices.items()],
                value=value,
                size="sm",
            ),
        ],
        className="option",
        role="group",
        **hyphened(aria_label=label),
    )
