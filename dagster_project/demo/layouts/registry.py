"""The layouts by name, with what a document needs to know of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from dagster_project.report_parser.form import FormVersion

from . import cells, pdf, pipes, tabs, tabs_shifted
from .parts import Tables, Texts

Render = Callable[[FormVersion, Texts, Random, bool], Tables]


@dataclass(frozen=True)
class Layout:
    """`blanks_are_certain`: an empty cell can be told by its position. `is_spaced`: an empty line follows each paragraph.
    `line_width`: prose is broken into lines of so many characters, or runs on (None)."""

    name: str
    render: Render
    share: float
    blanks_are_certain: bool
    is_spaced: bool
    line_width: int | None = None


LAYOUTS = (
    Layout("tabs", tabs.render, 0.3, blanks_are_certain=True, is_spaced=True),
    Layout("tabs_shifted", tabs_shifted.render, 0.15, blanks_are_certain=False, is_spaced=True),
    Layout("cells", cells.render, 0.15, blanks_are_certain=True, is_spaced=False),
    Layout("pdf", pdf.render, 0.2, blanks_are_certain=False, is_spaced=True, line_width=60),
    Layout("pipes", pipes.render, 0.2, blanks_are_certain=True, is_spaced=True),
)
